package dev.skerry.local.watch;

/**
 * Latencies in milliseconds, counted in buckets that are at most 1/32 wide of what they hold, so
 * that any percentile is known to about 3 percent in a few kilobytes. Not thread-safe.
 */
final class LatencyHistogram {

  private static final int SUB_BUCKET_BITS = 5;
  private static final int SUB_BUCKETS = 1 << SUB_BUCKET_BITS;

  private final long[] counts = new long[(Long.SIZE - SUB_BUCKET_BITS + 1) * SUB_BUCKETS];
  private long total;

  /** Counts one latency; clocks that disagree can make it negative, which counts as 0. */
  void add(long millis) {
    counts[bucket(Math.max(0, millis))]++;
    total++;
  }

  long count() {
    return total;
  }

  /**
   * The latency that this share of all does not exceed; 0 where there are none.
   *
   * @param share 0 to 1
   */
  long percentileMillis(double share) {
    long rank = (long) Math.ceil(share * total);
    long seen = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (seen >= rank && seen > 0) {
        return upperBoundInclusive(bucket);
      }
    }
    return 0;
  }

  void clear() {
    java.util.Arrays.fill(counts, 0);
    total = 0;
  }

  /** Exact below 32; above, the leading bit picks a row and the next five bits a place in it. */
  private static int bucket(long millis) {
    if (millis < SUB_BUCKETS) {
      return (int) millis;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(millis) - SUB_BUCKET_BITS;
    return (shift + 1) * SUB_BUCKETS + (int) ((millis >>> shift) - SUB_BUCKETS);
  }

  private static long upperBoundInclusive(int bucket) {
    if (bucket < SUB_BUCKETS) {
      return bucket;
    }
    int shift = bucket / SUB_BUCKETS - 1;
    long mantissa = (long) SUB_BUCKETS + bucket % SUB_BUCKETS;
    return ((mantissa + 1) << shift) - 1;
  }
}
