package dev.skerry.inference.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether a worker gets on: it may be idle for as long as it likes, but what it has polled must be
 * committed in time. Thread-safe.
 */
public final class Progress {

  private static final long IDLE = Long.MIN_VALUE;

  private final Duration limit;
  private final LongSupplier nanoClock;
  private volatile long inHandSinceNanos = IDLE;

  /**
   * Progress by a clock.
   *
   * @param limit how long records may stay polled and not committed
   * @param nanoClock nanoseconds as of {@link System#nanoTime}
   */
  public Progress(Duration limit, LongSupplier nanoClock) {
    this.limit = limit;
    this.nanoClock = nanoClock;
  }

  /** Records were polled; said again after an abort, it does not start the time anew. */
  public void polled() {
    if (inHandSinceNanos == IDLE) {
      inHandSinceNanos = nanoClock.getAsLong();
    }
  }

  /** All that was polled is committed. */
  public void committed() {
    inHandSinceNanos = IDLE;
  }

  /** What is wrong, in one sentence; empty where nothing is. */
  public Optional<String> problem() {
    long since = inHandSinceNanos;
    if (since == IDLE) {
      return Optional.empty();
    }
    Duration inHand = Duration.ofNanos(nanoClock.getAsLong() - since);
    return inHand.compareTo(limit) <= 0
        ? Optional.empty()
        : Optional.of(
            "records were polled %d s ago and are not committed".formatted(inHand.toSeconds()));
  }
}
