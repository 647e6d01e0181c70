package dev.skerry.warehouse.watch;

import java.time.Duration;
import java.time.Instant;

/**
 * When something that failed is restarted: at once, then after pauses that double, and from the
 * beginning again once it has run for as long as the longest pause. Not thread-safe.
 */
final class RestartPlan {

  private final Duration first;
  private final Duration longest;
  private Duration pause = Duration.ZERO;
  private Instant notBefore = Instant.MIN;
  private Instant lastRestart = Instant.MIN;

  RestartPlan(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
  }

  /** Whether it is time; a yes counts as a restart. */
  boolean restartNow(Instant now) {
    if (now.isBefore(notBefore)) {
      return false;
    }
    if (lastRestart.isBefore(now.minus(pause).minus(longest))) {
      pause = Duration.ZERO;
    }
    lastRestart = now;
    pause = pause.isZero() ? first : min(pause.multipliedBy(2), longest);
    notBefore = now.plus(pause);
    return true;
  }

  /** How long the next failure will wait. */
  Duration pause() {
    return pause;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
