package dev.skerry.aggregator.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.skerry.aggregator.TestTopology;
import dev.skerry.aggregator.window.WindowRules;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.DriftReport;
import dev.skerry.schemas.DriftSubject;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftTopologyTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LAST_YEAR = Instant.parse("2025-03-09T10:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int ENOUGH = 20;

  @TempDir private Path dir;
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private TestTopology topology;

  @BeforeEach
  void start() throws IOException {
    start(SomeModel.withReference(dir));
  }

  private void start(Path model) {
    DriftRules rules =
        new DriftRules(
            new WindowRules(
                "aggregator.drift",
                List.of(MINUTE),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                MINUTE),
            ENOUGH,
            /* threshold= */ 0.25,
            /* windowsInARow= */ 3,
            /* inputsOneIn= */ 2);
    topology =
        new TestTopology(
            DriftTopology.of(
                rules,
                new References(List.of(model)),
                WriterSchemas.catalogue(),
                () -> true,
                metrics),
            dir.resolve("state"),
            NOW);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void shouldReportDriftFromTheThirdWindowOnAndWhenItIsOver() {
    for (int minute = 0; minute < 4; minute++) {
      detect(minute, ENOUGH, 0.1f); // The reference has 80 % from 0.5 on.
    }
    detect(4, ENOUGH, 0.9f, 0.1f);
    topology.pass(Duration.ofSeconds(30));

    List<DriftReport> reports = drift();
    assertThat(reports)
        .extracting(
            DriftReport::getWindowStart, DriftReport::getDriftedWindows, DriftReport::getDrifting)
        .containsExactly(
            tuple(LAST_YEAR.plus(MINUTE.multipliedBy(2)), 3, true),
            tuple(LAST_YEAR.plus(MINUTE.multipliedBy(3)), 4, true),
            tuple(LAST_YEAR.plus(MINUTE.multipliedBy(4)), 0, false));
    DriftReport first = reports.get(0);
    assertThat(first.getSubject()).isEqualTo(DriftSubject.SCORES);
    assertThat(first.getName()).isEqualTo("normal");
    assertThat(first.getCount()).isEqualTo(ENOUGH);
    assertThat(first.getObservedShares()).isEqualTo(List.of(1.0, 0.0));
    assertThat(first.getReferenceShares()).isEqualTo(List.of(0.2, 0.8));
    assertThat(first.getPopulationStabilityIndex()).isGreaterThan(1);
    assertThat(metrics.get("skerry.drift.psi").gauge().value()).isLessThan(0.25);
    assertThat(metrics.get("skerry.drift.drifting").gauge().value()).isZero();
  }

  @Test
  void shouldSayNothingOfFewerWindows() {
    detect(0, ENOUGH, 0.1f);
    detect(1, ENOUGH, 0.1f);
    detect(2, ENOUGH, 0.9f, 0.1f);
    detect(3, ENOUGH, 0.1f);
    topology.pass(Duration.ofSeconds(30));
    assertThat(drift()).isEmpty();
  }

  @Test
  void shouldTakeTwoMachinesThatAreNotLikeThePopulationForChance() {
    for (int minute = 0; minute < 5; minute++) {
      for (int i = 0; i < ENOUGH; i++) {
        detectOne(minute, "machine-" + i % 2, 0.1f);
      }
    }
    topology.pass(Duration.ofSeconds(30));
    assertThat(drift()).isEmpty();
    assertThat(metrics.get("skerry.drift.windows.too.small").counter().count()).isZero();
    assertThat(metrics.get("skerry.drift.psi").gauge().value()).isGreaterThan(1);
    assertThat(metrics.get("skerry.drift.threshold").gauge().value()).isGreaterThan(1);
    assertThat(metrics.get("skerry.drift.drifting").gauge().value()).isZero();
  }

  @Test
  void shouldNotJudgeWindowsThatAreTooSmall() {
    for (int minute = 0; minute < 5; minute++) {
      detect(minute, ENOUGH - 1, 0.1f);
    }
    topology.pass(Duration.ofSeconds(30));
    assertThat(drift()).isEmpty();
    assertThat(metrics.get("skerry.drift.windows.too.small").counter().count()).isEqualTo(5);
  }

  @Test
  void shouldReportDriftOfInputsFromASampleOfTheTelemetry() {
    for (int minute = 0; minute < 3; minute++) {
      for (int i = 0; i < 2 * ENOUGH; i++) {
        topology.append(Topics.TELEMETRY, new byte[] {1}, telemetryAt(minute, "machine-" + i, 5f));
      }
    }
    // Answered for elsewhere.
    topology.append(Topics.TELEMETRY, new byte[] {1}, new byte[] {9, 9});
    topology.pass(Duration.ofSeconds(30));

    assertThat(drift())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.getSubject()).isEqualTo(DriftSubject.INPUTS);
              assertThat(report.getName()).isEqualTo("radial");
              assertThat(report.getCount()).isEqualTo(ENOUGH);
              assertThat(report.getObservedShares()).isEqualTo(List.of(0.0, 0.0, 1.0));
              assertThat(report.getDrifting()).isTrue();
            });
  }

  @Test
  void shouldWatchNoDriftOfAModelWithoutAReference() throws IOException {
    stop();
    start(SomeModel.withoutReference(dir));
    for (int minute = 0; minute < 5; minute++) {
      detect(minute, ENOUGH, 0.1f);
    }
    topology.pass(Duration.ofSeconds(30));
    assertThat(drift()).isEmpty();
  }

  /** So many detections in a minute, of which one in five has another score. */
  private void detect(int minute, int count, float score, float others) {
    for (int i = 0; i < count; i++) {
      detectOne(minute, "machine-" + i, i % 5 == 0 ? others : score);
    }
  }

  private void detect(int minute, int count, float score) {
    detect(minute, count, score, score);
  }

  private void detectOne(int minute, String device, float normal) {
    Detection detection =
        Detection.newBuilder()
            .setDeviceId(device)
            .setSiteId("plant-1")
            .setStream("vibration")
            .setEventTime(LAST_YEAR.plus(MINUTE.multipliedBy(minute)))
            .setSequence(1)
            .setSource(new SourceRef("telemetry", 0, 7L, NOW))
            .setInferredAt(NOW)
            .setModel("machine-state")
            .setModelVersion("1")
            .setRole(ModelRole.CHAMPION)
            .setLabel("normal")
            .setConfidence(normal)
            .setScores(Map.of("normal", normal, "worn", 1 - normal))
            .setBoxes(List.of())
            .build();
    topology.append(
        Topics.DETECTIONS, new byte[] {1}, new AvroEncoder<>(Detection.class).encode(detection));
  }

  private static byte[] telemetryAt(int minute, String device, float radial) {
    return new AvroEncoder<>(Telemetry.class)
        .encode(
            Telemetry.newBuilder()
                .setDeviceId(device)
                .setSiteId("plant-1")
                .setStream("vibration")
                .setEventTime(LAST_YEAR.plus(MINUTE.multipliedBy(minute)))
                .setSequence(1)
                .setPayload(
                    Readings.newBuilder()
                        .setChannels(2)
                        .setSteps(4)
                        .setValues(List.of(radial, radial, radial, radial, 25f, 25f, 25f, 25f))
                        .build())
                .build());
  }

  private List<DriftReport> drift() {
    return topology.given(Topics.DRIFT, DriftReport.class);
  }
}
