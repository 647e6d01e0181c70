package dev.skerry.retrain.select;

import dev.skerry.schemas.Detection;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.SampleId;
import dev.skerry.schemas.SampleReason;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Candidates for tests, as bytes. */
final class SomeCandidates {

  private static final Instant EVENT_TIME = Instant.parse("2025-03-09T10:00:00Z");

  private SomeCandidates() {}

  static byte[] of(String site, String device, long sequence) {
    Readings readings =
        Readings.newBuilder()
            .setChannels(1)
            .setSteps(4)
            .setValues(List.of(0.5f, 1f, 1.5f, 2f))
            .build();
    Telemetry telemetry =
        Telemetry.newBuilder()
            .setDeviceId(device)
            .setSiteId(site)
            .setStream("vibration")
            .setEventTime(EVENT_TIME)
            .setSequence(sequence)
            .setAttributes(Map.of())
            .setPayload(readings)
            .build();
    Detection detection =
        Detection.newBuilder()
            .setDeviceId(device)
            .setSiteId(site)
            .setStream("vibration")
            .setEventTime(EVENT_TIME)
            .setSequence(sequence)
            .setSource(new SourceRef("telemetry", 0, sequence, EVENT_TIME))
            .setInferredAt(EVENT_TIME)
            .setModel("machine-state")
            .setModelVersion("1")
            .setLabel("normal")
            .setConfidence(0.375f)
            .setScores(Map.of("normal", 0.375f))
            .setRole(ModelRole.CHAMPION)
            .setBoxes(List.of())
            .build();
    return new AvroEncoder<>(RetrainingSample.class)
        .encode(
            RetrainingSample.newBuilder()
                .setSampleId(SampleId.of(site, "telemetry", 0, sequence, EVENT_TIME.toEpochMilli()))
                .setReasons(List.of(SampleReason.LOW_CONFIDENCE))
                .setUncertainty(0.625f)
                .setDetection(detection)
                .setTelemetry(telemetry)
                .build());
  }
}
