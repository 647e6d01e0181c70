/** What a worker shows of itself. */
@NullMarked
package dev.skerry.inference.metrics;

import org.jspecify.annotations.NullMarked;
