package dev.skerry.local.mirror;

import java.time.Duration;

/**
 * How long to wait before a flow is built anew: not at all after it has worked, and longer each
 * time it has not. Not thread-safe.
 */
final class BackOff {

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private int failedInVain;

  /** The pause after one that failed. */
  Duration after(boolean hasWorked) {
    failedInVain = hasWorked ? 0 : failedInVain + 1;
    if (failedInVain == 0) {
      return Duration.ZERO;
    }
    Duration pause = Duration.ofSeconds(1L << Math.min(6, failedInVain - 1));
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }
}
