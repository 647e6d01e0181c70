package dev.skerry.schemas;

import dev.skerry.schemas.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One record of each type, with every field set to something that a default is not. */
public final class SampleRecords {

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123Z");

  private SampleRecords() {}

  public static Telemetry telemetry() {
    return Telemetry.newBuilder()
        .setDeviceId("pump-7")
        .setSiteId("plant-a")
        .setStream("pump")
        .setEventTime(NOON)
        .setBootEpoch(3)
        .setSequence(42)
        .setAttributes(Map.of("label.anomaly", "1"))
        .setPayload(
            Readings.newBuilder()
                .setChannels(2)
                .setSteps(3)
                .setSampleRateHz(1)
                .setValues(List.of(1f, 2f, 3f, -1f, Float.MIN_VALUE, 1e30f))
                .build())
        .build();
  }

  public static Detection detection() {
    return Detection.newBuilder()
        .setDeviceId("pump-7")
        .setSiteId("plant-a")
        .setStream("pump")
        .setEventTime(NOON)
        .setBootEpoch(3)
        .setSequence(42)
        .setSource(source())
        .setInferredAt(NOON.plusMillis(17))
        .setModel("pump-anomaly")
        .setModelVersion("1.0.0")
        .setRole(ModelRole.CHAMPION)
        .setLabel("anomaly")
        .setConfidence(0.75f)
        .setUncertainty(0.25f)
        .setLowConfidence(true)
        .setScores(Map.of("score", 4.5f))
        .setBoxes(List.of(new Box("scratch", 0.5f, 0.1f, 0.2f, 0.3f, 0.4f)))
        .build();
  }

  public static RetrainingSample retrainingSample() {
    return new RetrainingSample(
        SampleId.of("plant-a", source()),
        List.of(SampleReason.LOW_CONFIDENCE),
        0.25f,
        detection(),
        telemetry());
  }

  public static SourceRef source() {
    return new SourceRef(Topics.TELEMETRY.name(), 2, 1001L, NOON.plusMillis(5));
  }
}
