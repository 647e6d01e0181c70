package dev.skerry.local.site;

import java.time.Duration;
import java.util.List;

/**
 * What a site leaves to the cloud while it is behind.
 *
 * @param share of the devices of these streams, more than 0 and at most 1
 * @param streams one and up
 * @param after how long telemetry must have waited, more than 0
 */
public record SiteOverflow(double share, List<String> streams, Duration after) {

  private static final int STOP_PART = 5;

  /** Checks the ranges. */
  public SiteOverflow {
    streams = List.copyOf(streams);
    if (!(share > 0 && share <= 1)) {
      throw new SiteRefusedException(
          "The share that overflows is " + share + ": give a number above 0 and up to 1");
    }
    if (streams.isEmpty()) {
      throw new SiteRefusedException("Nothing can overflow: name the streams");
    }
    if (after.isNegative() || after.isZero()) {
      throw new SiteRefusedException(
          "Telemetry cannot overflow after " + after + ": give a time above 0");
    }
  }

  /** It has ended when telemetry waits no longer than this. */
  Duration until() {
    return after.dividedBy(STOP_PART);
  }
}
