package dev.skerry.console.picture;

import dev.skerry.schemas.Detection;
import dev.skerry.schemas.SourceRef;
import java.util.List;
import java.util.Locale;

/**
 * A detection, as the page lists it.
 *
 * @param at when the model's answer was there, in milliseconds since the epoch
 * @param latency from the append of the telemetry to that, in milliseconds
 * @param low whether its confidence is below the model's threshold
 * @param topic where its telemetry is, with partition and offset
 */
record DetectionLine(
    long at,
    String device,
    String stream,
    String label,
    float confidence,
    boolean low,
    String model,
    String version,
    String role,
    long latency,
    String topic,
    int partition,
    long offset,
    List<Box> boxes) {

  /** An object in a frame, in shares of its width and height. */
  record Box(String label, float confidence, float x, float y, float width, float height) {}

  static DetectionLine of(Detection detection) {
    SourceRef source = detection.getSource();
    long at = detection.getInferredAt().toEpochMilli();
    return new DetectionLine(
        at,
        detection.getDeviceId(),
        detection.getStream(),
        detection.getLabel(),
        detection.getConfidence(),
        detection.getLowConfidence(),
        detection.getModel(),
        detection.getModelVersion(),
        detection.getRole().name().toLowerCase(Locale.ROOT),
        Math.max(0, at - source.getAppendTime().toEpochMilli()),
        source.getTopic(),
        source.getPartition(),
        source.getOffset(),
        detection.getBoxes().stream()
            .map(
                box ->
                    new Box(
                        box.getLabel(),
                        box.getConfidence(),
                        box.getX(),
                        box.getY(),
                        box.getWidth(),
                        box.getHeight()))
            .toList());
  }
}
