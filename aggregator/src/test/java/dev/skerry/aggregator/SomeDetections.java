package dev.skerry.aggregator;

import dev.skerry.schemas.Detection;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Detections for tests. Confidences are eighths, so that their sums are exact in any order. */
final class SomeDetections {

  static final String SITE = "plant-1";

  private SomeDetections() {}

  static Detection at(Instant eventTime, String device, String label) {
    return at(eventTime, device, "vibration", label, 0.875f);
  }

  static Detection at(
      Instant eventTime, String device, String stream, String label, float confidence) {
    Instant appendTime = Instant.parse("2026-01-01T00:00:00Z");
    return Detection.newBuilder()
        .setDeviceId(device)
        .setSiteId(SITE)
        .setStream(stream)
        .setEventTime(eventTime)
        .setSequence(1)
        .setSource(new SourceRef("telemetry", 0, 7L, appendTime))
        .setInferredAt(appendTime.plusMillis(12))
        .setModel("machine-state")
        .setModelVersion("1")
        .setRole(ModelRole.CHAMPION)
        .setLabel(label)
        .setConfidence(confidence)
        .setLowConfidence(confidence < 0.5f)
        .setScores(Map.of(label, confidence))
        .setBoxes(List.of())
        .build();
  }

  /** Telemetry as bytes. */
  static byte[] telemetryAt(Instant eventTime, String stream) {
    return telemetryAt(eventTime, stream, /* sequence= */ 1, /* steps= */ 2);
  }

  /** Telemetry of one channel as bytes. */
  static byte[] telemetryAt(Instant eventTime, String stream, long sequence, int steps) {
    return new AvroEncoder<>(Telemetry.class)
        .encode(
            Telemetry.newBuilder()
                .setDeviceId("pump-1")
                .setSiteId(SITE)
                .setStream(stream)
                .setEventTime(eventTime)
                .setSequence(sequence)
                .setPayload(
                    Readings.newBuilder()
                        .setChannels(1)
                        .setSteps(steps)
                        .setValues(Collections.nCopies(steps, 1f))
                        .build())
                .build());
  }
}
