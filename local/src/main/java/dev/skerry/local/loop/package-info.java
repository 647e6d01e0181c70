/** The circle from doubts to a better model, on one machine: what {@code ./skerry up} shows. */
@NullMarked
package dev.skerry.local.loop;

import org.jspecify.annotations.NullMarked;
