package dev.skerry.retrain.dataset;

import dev.skerry.retrain.train.SyntheticTelemetry;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.Label;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.SampleId;
import dev.skerry.schemas.SampleReason;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Samples of synthetic machines and their labels, as records' values. */
public final class LabelledSamples {

  public static final String STREAM = "vibration";

  private static final Instant FIRST_HOUR = Instant.parse("2026-03-01T12:30:00Z");
  private static final Instant LABELLED_AT = Instant.parse("2026-03-01T15:00:00Z");

  private final AvroEncoder<RetrainingSample> samples = new AvroEncoder<>(RetrainingSample.class);
  private final AvroEncoder<Label> labels = new AvroEncoder<>(Label.class);

  /** A sample and what is true of it. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Made(UUID id, String deviceId, String truth, byte[] sample, byte[] label) {}

  /** So many windows of each machine; every second one is of the hour after. */
  public List<Made> of(String prefix, int machines, int windows, long seed) {
    List<Telemetry> telemetry = SyntheticTelemetry.vibration(prefix, machines, windows, seed);
    return java.util.stream.IntStream.range(0, telemetry.size())
        .mapToObj(i -> made(telemetry.get(i), (prefix.hashCode() & 0xFFFF_0000L) | i))
        .toList();
  }

  private Made made(Telemetry telemetry, long offset) {
    String truth = telemetry.getAttributes().getOrDefault("label.fault", "");
    Instant appended = FIRST_HOUR.plus(Duration.ofHours(offset % 2)).plusMillis(offset % 1000);
    SourceRef source = new SourceRef("telemetry", 0, offset, appended);
    UUID id = SampleId.of("plant", source);
    telemetry.setSiteId("plant");
    telemetry.setStream(STREAM);
    telemetry.setEventTime(appended.minusMillis(5));
    RetrainingSample sample =
        RetrainingSample.newBuilder()
            .setSampleId(id)
            .setReasons(
                offset % 3 == 0
                    ? List.of(SampleReason.RANDOM_AUDIT)
                    : List.of(SampleReason.LOW_CONFIDENCE, SampleReason.LOW_MARGIN))
            .setUncertainty(0.5f)
            .setDetection(detection(telemetry, source))
            .setTelemetry(telemetry)
            .build();
    return new Made(id, telemetry.getDeviceId(), truth, samples.encode(sample), label(id, truth));
  }

  private static Detection detection(Telemetry telemetry, SourceRef source) {
    return Detection.newBuilder()
        .setDeviceId(telemetry.getDeviceId())
        .setSiteId("plant")
        .setStream(STREAM)
        .setEventTime(telemetry.getEventTime())
        .setSequence(telemetry.getSequence())
        .setSource(source)
        .setInferredAt(source.getAppendTime())
        .setModel("vibration-faults")
        .setModelVersion("1.0.0")
        .setRole(ModelRole.CHAMPION)
        .setLabel("normal")
        .setConfidence(0.5f)
        .setScores(Map.of("normal", 0.5f))
        .setBoxes(List.of())
        .build();
  }

  /** A label. */
  public byte[] label(UUID id, String truth) {
    return labels.encode(
        Label.newBuilder()
            .setSampleId(id)
            .setLabel(truth)
            .setLabelledBy("somebody")
            .setLabelledAt(LABELLED_AT)
            .build());
  }

  /** Takes back a label. */
  public byte[] withdrawal(UUID id) {
    return labels.encode(
        Label.newBuilder()
            .setSampleId(id)
            .setWithdrawn(true)
            .setLabelledBy("somebody")
            .setLabelledAt(LABELLED_AT)
            .build());
  }
}
