/** How a release goes from a few sites to all of them, or to no more. */
@NullMarked
package dev.skerry.local.rollout;

import org.jspecify.annotations.NullMarked;
