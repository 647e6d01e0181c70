package dev.skerry.console.picture;

import org.jspecify.annotations.Nullable;

/**
 * One second, for the charts.
 *
 * @param at milliseconds since the epoch
 * @param in telemetry per second
 * @param out detections per second
 * @param p50 median latency in milliseconds, from the append of the telemetry until its detection
 *     could be read; null where nothing was answered
 * @param p95 95th percentile of the same
 * @param p99 99th percentile of the same
 * @param batch records that a model scored together, on average; null while it is not known
 * @param unanswered telemetry that waits for its answer
 * @param backlog records that wait for the link
 */
public record Moment(
    long at,
    double in,
    double out,
    @Nullable Long p50,
    @Nullable Long p95,
    @Nullable Long p99,
    @Nullable Double batch,
    long unanswered,
    long backlog) {}
