/** What the windows of detections add up: counts, sums, sketches, and how they are written. */
@NullMarked
package dev.skerry.aggregator.sum;

import org.jspecify.annotations.NullMarked;
