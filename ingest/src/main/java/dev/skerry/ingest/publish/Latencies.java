package dev.skerry.ingest.publish;

import java.time.Duration;

/**
 * How long acknowledgements took, in buckets that are an eighth of their power of two wide. Not
 * thread-safe.
 */
final class Latencies {

  private static final int PARTS = 8;
  private static final int PART_BITS = 3;

  private final long[] counts = new long[Long.SIZE * PARTS];
  private long total;

  void add(long nanos) {
    counts[bucket(Math.max(0, nanos))]++;
    total++;
  }

  /** At most what this share of all took, to an eighth; zero where there is nothing yet. */
  Duration quantile(double share) {
    long wanted = (long) Math.ceil(share * total);
    long seen = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (total > 0 && seen >= wanted) {
        return Duration.ofNanos(end(bucket));
      }
    }
    return Duration.ZERO;
  }

  private static int bucket(long nanos) {
    if (nanos < PARTS) {
      return (int) nanos;
    }
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
    int part = (int) (nanos >>> (exponent - PART_BITS)) & (PARTS - 1);
    return (exponent - PART_BITS + 1) * PARTS + part;
  }

  private static long end(int bucket) {
    if (bucket < PARTS) {
      return bucket;
    }
    int shift = bucket / PARTS - 1;
    return ((long) (PARTS + bucket % PARTS + 1) << shift) - 1;
  }
}
