package dev.skerry.schemas.registry;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One endpoint and whether it is left alone just now. Not thread-safe. */
final class Upstream {

  private static final Logger log = LoggerFactory.getLogger(RegistryHttp.class);

  private final Endpoint endpoint;
  private final Duration firstBackoff;
  private final Duration maxBackoff;
  private final LongSupplier nanoClock;
  private Duration backoff = Duration.ZERO;
  private long failedAtNanos;
  private String reason = "";

  Upstream(Endpoint endpoint, Duration firstBackoff, Duration maxBackoff, LongSupplier nanoClock) {
    this.endpoint = endpoint;
    this.firstBackoff = firstBackoff;
    this.maxBackoff = maxBackoff;
    this.nanoClock = nanoClock;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Whether it may be asked now. */
  boolean isDue() {
    return backoff.isZero() || nanoClock.getAsLong() - failedAtNanos >= backoff.toNanos();
  }

  void answered() {
    if (!backoff.isZero()) {
      log.info("The schema registry {} answers again", endpoint);
    }
    backoff = Duration.ZERO;
  }

  void failed(String why) {
    if (backoff.isZero()) {
      log.warn("The schema registry {} cannot be used: {}", endpoint, why);
      backoff = firstBackoff;
    } else {
      Duration doubled = backoff.multipliedBy(2);
      backoff = doubled.compareTo(maxBackoff) < 0 ? doubled : maxBackoff;
    }
    failedAtNanos = nanoClock.getAsLong();
    reason = why;
  }

  String problem() {
    return endpoint + ": " + reason;
  }
}
