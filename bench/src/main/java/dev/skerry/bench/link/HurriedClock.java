package dev.skerry.bench.link;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * A clock that is late at first and may run many times as fast as others, until it has caught up: a
 * broker takes no time of the future. Thread-safe.
 */
public final class HurriedClock implements InstantSource {

  private Instant base;
  private long baseNanos;
  private double factor = 1;

  private HurriedClock(Instant base, long baseNanos) {
    this.base = base;
    this.baseNanos = baseNanos;
  }

  /** One that is so late. */
  public static HurriedClock late(Duration lateness) {
    return new HurriedClock(Instant.now().minus(lateness), System.nanoTime());
  }

  /** Runs so many times as fast from now on. */
  public synchronized void run(double factorFromNow) {
    base = instant();
    baseNanos = System.nanoTime();
    factor = factorFromNow;
  }

  @Override
  public synchronized Instant instant() {
    double passed = (System.nanoTime() - baseNanos) * factor;
    Instant hurried = base.plusMillis(Math.round(passed / TimeUnit.MILLISECONDS.toNanos(1)));
    Instant now = Instant.now();
    return hurried.isBefore(now) ? hurried : now;
  }
}
