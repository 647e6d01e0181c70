/** How answers and the offsets that say so reach the broker: together, or one after the other. */
@NullMarked
package dev.skerry.inference.delivery;

import org.jspecify.annotations.NullMarked;
