package dev.skerry.ingest.publish;

import java.time.Duration;

/** How long to wait before the next attempt: longer with each that fails. Not thread-safe. */
final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private Duration next = FIRST;

  Duration next() {
    Duration delay = next;
    next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
    return delay;
  }

  void reset() {
    next = FIRST;
  }
}
