package dev.skerry.ingest.intake;

import dev.skerry.ingest.auth.Principal;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.PrimitivesArrays.FloatArray;

/** What holds for every message, whatever the site's rules. Thread-safe. */
final class Sanity {

  private static final int MAX_NAME_LENGTH = 255;

  private final String siteId;

  Sanity(String siteId) {
    this.siteId = siteId;
  }

  Optional<Finding> check(Principal sender, Telemetry telemetry) {
    return name("deviceId", telemetry.getDeviceId())
        .or(() -> name("stream", telemetry.getStream()))
        .or(() -> sender(sender, telemetry))
        .or(() -> site(telemetry))
        .or(() -> sequence(telemetry))
        .or(() -> payload(telemetry.getPayload()));
  }

  private static Optional<Finding> name(String field, String name) {
    if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
      return invalid(field, "The name must have 1 to " + MAX_NAME_LENGTH + " characters");
    }
    return name.chars().anyMatch(Character::isISOControl)
        ? invalid(field, "The name must not have control characters")
        : Optional.empty();
  }

  private static Optional<Finding> sender(Principal sender, Telemetry telemetry) {
    return sender.mayWriteAs(telemetry.getDeviceId())
        ? Optional.empty()
        : Optional.of(
            new Finding(
                RefusalReason.NOT_YOURS, "deviceId", "A device writes as itself and no other"));
  }

  private Optional<Finding> site(Telemetry telemetry) {
    return telemetry.getSiteId().equals(siteId)
        ? Optional.empty()
        : invalid("siteId", "This gateway is of the site " + siteId + "; send there or say so");
  }

  private static Optional<Finding> sequence(Telemetry telemetry) {
    if (telemetry.getSequence() < 0) {
      return invalid("sequence", "The sequence must be 0 or more");
    }
    return telemetry.getBootEpoch() < 0
        ? invalid("bootEpoch", "The boot epoch must be 0 or more")
        : Optional.empty();
  }

  private static Optional<Finding> payload(Object payload) {
    return payload instanceof Readings readings ? readings(readings) : frame((Frame) payload);
  }

  private static Optional<Finding> readings(Readings readings) {
    long wanted = (long) readings.getChannels() * readings.getSteps();
    int size = readings.getValues().size();
    if (readings.getChannels() < 1 || readings.getSteps() < 1 || wanted != size) {
      return Optional.of(
          new Finding(
              RefusalReason.WRONG_SHAPE,
              "readings.values",
              "%d channels of %d steps are not %d values"
                  .formatted(readings.getChannels(), readings.getSteps(), size)));
    }
    if (!Float.isFinite(readings.getSampleRateHz()) || readings.getSampleRateHz() < 0) {
      return invalid("readings.sampleRateHz", "The rate must be 0 or more");
    }
    return finite(readings.getValues());
  }

  private static Optional<Finding> finite(List<Float> values) {
    for (int i = 0; i < values.size(); i++) {
      float value = values instanceof FloatArray floats ? floats.getFloat(i) : values.get(i);
      if (!Float.isFinite(value)) {
        return Optional.of(
            new Finding(
                RefusalReason.NOT_A_NUMBER,
                "readings.values[" + i + "]",
                "The value is no finite number; leave such windows out"));
      }
    }
    return Optional.empty();
  }

  private static Optional<Finding> frame(Frame frame) {
    if (frame.getEncoding() == FrameEncoding.UNKNOWN
        || frame.getWidth() < 1
        || frame.getHeight() < 1
        || !frame.getData().hasRemaining()) {
      return Optional.of(
          new Finding(
              RefusalReason.NOT_AN_IMAGE, "frame", "Send a JPEG or PNG image with its size"));
    }
    return Optional.empty();
  }

  private static Optional<Finding> invalid(String field, String detail) {
    return Optional.of(new Finding(RefusalReason.INVALID, field, detail));
  }
}
