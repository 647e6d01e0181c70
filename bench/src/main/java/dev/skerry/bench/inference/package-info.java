/** The comparison itself: begin with {@code Comparison}. */
@NullMarked
package dev.skerry.bench.inference;

import org.jspecify.annotations.NullMarked;
