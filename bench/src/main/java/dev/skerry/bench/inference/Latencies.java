package dev.skerry.bench.inference;

import java.util.Arrays;

/**
 * From the moment at which a record was due to the moment at which a {@code read_committed} reader
 * had its answer, in milliseconds.
 *
 * @param p50 half of the answers were there by then
 * @param p99 99 of 100
 * @param p999 999 of 1000
 * @param max all
 */
record Latencies(double p50, double p99, double p999, double max) {

  private static final double NANOS_PER_MILLI = 1e6;

  /** Takes the array over and sorts it. */
  static Latencies of(long[] nanos) {
    Arrays.sort(nanos);
    return new Latencies(at(nanos, 0.5), at(nanos, 0.99), at(nanos, 0.999), at(nanos, 1));
  }

  private static double at(long[] sorted, double share) {
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, index)] / NANOS_PER_MILLI;
  }
}
