/** In the cloud: what sites gave out, added up for all of them. */
@NullMarked
package dev.skerry.aggregator.fleet;

import org.jspecify.annotations.NullMarked;
