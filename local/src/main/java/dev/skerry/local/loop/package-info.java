/** {@code ./skerry up --loop}: the circle from doubts to a better model, on one machine. */
@NullMarked
package dev.skerry.local.loop;

import org.jspecify.annotations.NullMarked;
