/**
 * Event-time windows over detections, exactly once. Read {@link
 * dev.skerry.aggregator.AggregatorTopology} first.
 */
@NullMarked
package dev.skerry.aggregator;

import org.jspecify.annotations.NullMarked;
