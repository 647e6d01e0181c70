package dev.skerry.aggregator.sum;

import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.serde.Decoded;
import java.time.Instant;

/** What a detection must obey, beyond its schema, to be added up. */
public final class DetectionRules {

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  private DetectionRules() {}

  /** The detection, or why no window can take it. */
  public static Decoded<Detection> check(Detection detection) {
    if (!Float.isFinite(detection.getConfidence())) {
      return new Decoded.Malformed<>(
          DeadLetterReason.NOT_A_NUMBER,
          "The confidence is " + detection.getConfidence() + " and cannot be added up.");
    }
    Instant eventTime = detection.getEventTime();
    if (!isPossible(eventTime)) {
      return new Decoded.Malformed<>(
          DeadLetterReason.INVALID,
          "The eventTime " + eventTime + " is outside of the years 1970 to 9999.");
    }
    return new Decoded.Value<>(detection);
  }

  /** Whether a window can be around that time. */
  static boolean isPossible(Instant eventTime) {
    return !eventTime.isBefore(FIRST) && !eventTime.isAfter(LAST);
  }
}
