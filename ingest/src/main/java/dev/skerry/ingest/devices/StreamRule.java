package dev.skerry.ingest.devices;

import dev.skerry.ingest.intake.Finding;
import dev.skerry.ingest.intake.RefusalReason;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What messages of a stream must be like; what is empty does not matter. Immutable.
 *
 * @param channels how many channels a window has
 * @param steps how many steps each channel has
 * @param sampleRateHz steps per second, within 1 %
 * @param min the least value of a reading
 * @param max the largest value of a reading
 * @param maxPixels the most pixels of a frame
 * @param behind how far the event time may lie before the gateway's time
 * @param ahead how far it may lie after the gateway's time
 */
record StreamRule(
    OptionalInt channels,
    OptionalInt steps,
    OptionalDouble sampleRateHz,
    OptionalDouble min,
    OptionalDouble max,
    OptionalInt maxPixels,
    Optional<Duration> behind,
    Optional<Duration> ahead) {

  private static final double RATE_TOLERANCE = 0.01;

  Optional<Finding> check(Telemetry telemetry, Instant now) {
    return clock(telemetry.getEventTime(), now)
        .or(
            () ->
                telemetry.getPayload() instanceof Readings readings
                    ? readings(readings)
                    : frame((Frame) telemetry.getPayload()));
  }

  private Optional<Finding> clock(Instant eventTime, Instant now) {
    if (behind.isPresent() && eventTime.isBefore(now.minus(behind.get()))) {
      return skewed(eventTime, "before", now, behind.get());
    }
    return ahead.isPresent() && eventTime.isAfter(now.plus(ahead.get()))
        ? skewed(eventTime, "after", now, ahead.get())
        : Optional.empty();
  }

  private static Optional<Finding> skewed(
      Instant eventTime, String side, Instant now, Duration allowed) {
    return finding(
        RefusalReason.CLOCK_SKEW,
        "eventTime",
        "%s is more than %s %s the gateway's %s; set the device's clock"
            .formatted(eventTime, allowed, side, now));
  }

  private Optional<Finding> readings(Readings readings) {
    if (maxPixels.isPresent()) {
      return finding(RefusalReason.WRONG_SHAPE, "readings", "The stream is one of frames");
    }
    if (channels.orElse(readings.getChannels()) != readings.getChannels()) {
      return shape("readings.channels", channels.getAsInt(), readings.getChannels());
    }
    if (steps.orElse(readings.getSteps()) != readings.getSteps()) {
      return shape("readings.steps", steps.getAsInt(), readings.getSteps());
    }
    return rate(readings.getSampleRateHz()).or(() -> range(readings));
  }

  private static Optional<Finding> shape(String field, int wanted, int is) {
    return finding(
        RefusalReason.WRONG_SHAPE, field, "The stream's is " + wanted + " and not " + is);
  }

  private Optional<Finding> rate(float is) {
    if (sampleRateHz.isEmpty()) {
      return Optional.empty();
    }
    double wanted = sampleRateHz.getAsDouble();
    return Math.abs(is - wanted) <= wanted * RATE_TOLERANCE
        ? Optional.empty()
        : finding(
            RefusalReason.WRONG_RATE,
            "readings.sampleRateHz",
            "The stream's rate is " + wanted + " and not " + is);
  }

  private Optional<Finding> range(Readings readings) {
    if (min.isEmpty() && max.isEmpty()) {
      return Optional.empty();
    }
    double least = min.orElse(Double.NEGATIVE_INFINITY);
    double most = max.orElse(Double.POSITIVE_INFINITY);
    List<Float> values = readings.getValues();
    for (int i = 0; i < values.size(); i++) {
      float value = values.get(i);
      if (value < least || value > most) {
        return finding(
            RefusalReason.OUT_OF_RANGE,
            "readings.values[" + i + "]",
            "The value " + value + " is not from " + least + " to " + most);
      }
    }
    return Optional.empty();
  }

  private Optional<Finding> frame(Frame frame) {
    if (channels.isPresent() || steps.isPresent()) {
      return finding(RefusalReason.WRONG_SHAPE, "frame", "The stream is one of readings");
    }
    long pixels = (long) frame.getWidth() * frame.getHeight();
    return pixels > maxPixels.orElse(Integer.MAX_VALUE)
        ? finding(
            RefusalReason.TOO_LARGE,
            "frame",
            "The frame has %d pixels, of which %d may be"
                .formatted(pixels, maxPixels.orElse(Integer.MAX_VALUE)))
        : Optional.empty();
  }

  private static Optional<Finding> finding(RefusalReason reason, String field, String detail) {
    return Optional.of(new Finding(reason, field, detail));
  }
}
