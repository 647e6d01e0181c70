package dev.skerry.ingest.publish;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When a record is due: as long after the first one as its event time is, divided by the speed. A
 * record whose event time is in the past of those before is due at once. Not thread-safe.
 */
final class Pacer {

  private final Speed speed;
  private boolean started;
  private Instant firstEventTime = Instant.EPOCH;
  private long firstNanos;

  Pacer(Speed speed) {
    this.speed = speed;
  }

  /** A record is due when the wall clock, which shows {@code now}, shows its event time. */
  static Pacer byWallClock(Instant now, long nowNanos) {
    Pacer pacer = new Pacer(Speed.RECORDED);
    pacer.start(now, nowNanos);
    return pacer;
  }

  /** How long to wait from {@code nowNanos} on until the record is due; 0 and less: not at all. */
  long delayNanos(Instant eventTime, long nowNanos) {
    if (speed.factor().isEmpty()) {
      return 0;
    }
    if (!started) {
      start(eventTime, nowNanos);
    }
    double elapsedNanos =
        ChronoUnit.MILLIS.between(firstEventTime, eventTime) * 1e6 / speed.factor().getAsDouble();
    return (long) elapsedNanos - (nowNanos - firstNanos);
  }

  private void start(Instant eventTime, long nowNanos) {
    started = true;
    firstEventTime = eventTime;
    firstNanos = nowNanos;
  }
}
