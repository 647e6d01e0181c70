/** How much of each mirrored topic a site keeps for an outage, and what goes first without room. */
@NullMarked
package dev.skerry.local.mirror.keep;

import org.jspecify.annotations.NullMarked;
