package dev.skerry.console.picture;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The latencies between two looks, in milliseconds. Not thread-safe. */
final class Latencies {

  private static final int MOST = 1 << 16;

  private long[] millis = new long[256];
  private int count;

  /** Clocks that disagree can make it negative, which counts as 0. */
  void add(long latencyMillis) {
    if (count == MOST) {
      return; // So many say enough of one second.
    }
    if (count == millis.length) {
      millis = Arrays.copyOf(millis, count * 2);
    }
    millis[count++] = Math.max(0, latencyMillis);
  }

  /** The latencies that these shares of all do not exceed, and forgets them; nulls for none. */
  @Nullable Long[] take(double... shares) {
    Arrays.sort(millis, 0, count);
    Long[] percentiles = new Long[shares.length];
    for (int i = 0; i < shares.length && count > 0; i++) {
      int rank = (int) Math.ceil(shares[i] * count);
      percentiles[i] = millis[Math.max(0, rank - 1)];
    }
    count = 0;
    return percentiles;
  }
}
