/** How far a stream has got, and so what of it is over. */
@NullMarked
package dev.skerry.aggregator.clock;

import org.jspecify.annotations.NullMarked;
