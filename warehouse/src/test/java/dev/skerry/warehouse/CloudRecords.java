package dev.skerry.warehouse;

import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.CompletenessVerdict;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.DriftReport;
import dev.skerry.schemas.DriftSubject;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.SampleReason;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.Telemetry;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;

/** Records as they reach the cloud. */
public final class CloudRecords {

  private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

  private CloudRecords() {}

  public static Aggregate aggregate(int number) {
    Instant start = TEN.plus(number % 30, ChronoUnit.MINUTES);
    return Aggregate.newBuilder()
        .setSiteId("site-" + number % 3)
        .setStream("vibration")
        .setModel("vibration")
        .setModelVersion("1")
        .setLabel(number % 2 == 0 ? "normal" : "unbalance")
        .setWindowStart(start)
        .setWindowEnd(start.plus(1, ChronoUnit.MINUTES))
        .setCount(100 + number)
        .setLowConfidenceCount(number % 7)
        .setConfidenceSum(90)
        .setConfidenceMin(0.2f)
        .setConfidenceMax(0.99f)
        .setLatencyMillisSum(1000)
        .setLatencyMillisMax(40)
        .setDeadLetters(Map.of())
        .build();
  }

  public static DriftReport drift() {
    return DriftReport.newBuilder()
        .setSiteId("site-1")
        .setStream("vibration")
        .setModel("vibration")
        .setModelVersion("1")
        .setWindowStart(TEN)
        .setWindowEnd(TEN.plus(5, ChronoUnit.MINUTES))
        .setSubject(DriftSubject.SCORES)
        .setName("normal")
        .setCount(1000)
        .setEdges(List.of(0.5))
        .setReferenceShares(List.of(0.5, 0.5))
        .setObservedShares(List.of(0.9, 0.1))
        .setPopulationStabilityIndex(0.88)
        .setThreshold(0.25)
        .setDriftedWindows(1)
        .setDrifting(false)
        .build();
  }

  public static Completeness completeness() {
    return Completeness.newBuilder()
        .setSiteId("site-1")
        .setTopic("aggregates")
        .setWindowStart(TEN)
        .setWindowEnd(TEN.plus(1, ChronoUnit.MINUTES))
        .setVerdict(CompletenessVerdict.COMPLETE)
        .setDifference(0)
        .setEdgeCount(5L)
        .setCloudCount(5)
        .setEdgeHashSum(1L)
        .setCloudHashSum(1)
        .setJudgedAt(TEN.plus(2, ChronoUnit.MINUTES))
        .build();
  }

  public static ModelStatus modelStatus() {
    return ModelStatus.newBuilder()
        .setSiteId("site-1")
        .setModel("vibration")
        .setStream("vibration")
        .setStep(ModelStep.PROMOTED)
        .setModelVersion("2")
        .setReason("better")
        .setChampionVersion("2")
        .setEvidence(Map.of("p99Millis", 12.5))
        .setDecidedBy("worker-0")
        .setChangedAt(TEN)
        .build();
  }

  public static RetrainingSample sample() throws IOException {
    return RetrainingSample.newBuilder()
        .setSampleId(UUID.nameUUIDFromBytes(new byte[] {1}))
        .setReasons(List.of(SampleReason.LOW_CONFIDENCE, SampleReason.RANDOM_AUDIT))
        .setUncertainty(0.6f)
        .setDetection(detection())
        .setTelemetry(frame())
        .build();
  }

  /** One of several, each with a sequence of its own. */
  public static Detection detection(int number) {
    return Detection.newBuilder(detection())
        .setDeviceId("camera-" + number % 7)
        .setSiteId("site-" + number % 3)
        .setSequence(number)
        .build();
  }

  private static Detection detection() {
    return Detection.newBuilder()
        .setDeviceId("camera-1")
        .setSiteId("site-1")
        .setStream("surface")
        .setEventTime(TEN)
        .setSequence(4)
        .setSource(new SourceRef("telemetry-frames", 0, 7L, TEN))
        .setInferredAt(TEN.plusMillis(12))
        .setModel("surface")
        .setModelVersion("1")
        .setRole(ModelRole.CHAMPION)
        .setLabel("scratch")
        .setConfidence(0.4f)
        .setScores(Map.of("scratch", 0.4f, "clean", 0.6f))
        .build();
  }

  private static Telemetry frame() throws IOException {
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(640, 320, BufferedImage.TYPE_INT_RGB), "jpeg", image);
    return Telemetry.newBuilder()
        .setDeviceId("camera-1")
        .setSiteId("site-1")
        .setStream("surface")
        .setEventTime(TEN)
        .setSequence(4)
        .setAttributes(Map.of("firmware", "7"))
        .setPayload(
            Frame.newBuilder()
                .setEncoding(FrameEncoding.JPEG)
                .setWidth(640)
                .setHeight(320)
                .setData(ByteBuffer.wrap(image.toByteArray()))
                .build())
        .build();
  }
}
