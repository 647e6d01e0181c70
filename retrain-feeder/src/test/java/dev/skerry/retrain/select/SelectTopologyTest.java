package dev.skerry.retrain.select;

import static dev.skerry.retrain.select.SelectDriver.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.retrain.SomeSamples;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.SampleReason;
import dev.skerry.service.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectTopologyTest {

  private static final int BYTES = SomeSamples.of("plant-1", "pump-0").noise(0).bytes(0).length;

  @TempDir private Path stateDir;
  private @Nullable SelectDriver driver;

  @AfterEach
  void stop() {
    if (driver != null) {
      driver.close();
    }
  }

  @Test
  void shouldPassOnKeyValueAndHeadersByteForByte() {
    start(Map.of());
    byte[] value = SomeSamples.of("plant-1", "pump-0").bytes(1);
    RecordHeaders headers = new RecordHeaders();
    headers.add("traceparent", new byte[] {1, 2});
    driver().pipe("pump-0".getBytes(UTF_8), value, headers, NOON);

    assertThat(driver().selectedRecords())
        .singleElement()
        .satisfies(
            sample -> {
              assertThat(sample.key()).isEqualTo("pump-0".getBytes(UTF_8));
              assertThat(sample.value()).isEqualTo(value);
              assertThat(sample.headers()).isEqualTo(headers);
            });
  }

  @Test
  void shouldGiveACandidateWithoutAKeyItsDeviceAsKey() {
    start(Map.of());
    byte[] value = SomeSamples.of("plant-1", "pump-0").bytes(1);
    driver().pipe(null, value, new RecordHeaders(), NOON);
    assertThat(driver().selectedRecords())
        .singleElement()
        .extracting(TestRecord::key)
        .isEqualTo("pump-0".getBytes(UTF_8));
  }

  @Test
  void shouldEndARoundByTheTimeOfLaterCandidates() {
    start(Map.of("select.round", "PT10S"));
    driver().pipe("plant-1", 4, 3, NOON);
    assertThat(driver().driver().producedTopicNames()).doesNotContain("retraining-samples");
    driver().pipe("plant-1", 4, 1, NOON.plusSeconds(11));
    assertThat(driver().driver().producedTopicNames()).contains("retraining-samples");
    assertThat(driver().count()).isEqualTo(4);
  }

  /** The driver has one store for all tasks; with a broker each task has its own. */
  @Test
  void shouldHearOfDriftInTheTaskThatSelects() {
    start(Map.of());
    List<TopologyDescription.Subtopology> selecting =
        driver().topology().describe().subtopologies().stream()
            .filter(part -> part.nodes().stream().anyMatch(node -> node.name().equals("select")))
            .toList();
    assertThat(selecting)
        .singleElement()
        .satisfies(
            part ->
                assertThat(part.nodes())
                    .extracting(TopologyDescription.Node::name)
                    .contains("hear-drift"));
    assertThat(driver().topology().describe().subtopologies()).hasSize(2);
  }

  @Test
  void shouldTakeWhatTheModelIsLeastSureOf() {
    start(Map.of("select.per-hour.records", "3"));
    for (int i = 0; i < 10; i++) {
      SomeSamples candidate = SomeSamples.of("plant-1", "pump-" + i).label("class-" + i).noise(i);
      driver().pipe(candidate.uncertainty(i / 10.0), NOON);
    }
    assertThat(driver().selected())
        .extracting(sample -> sample.getDetection().getLabel())
        .containsExactly("class-9", "class-8", "class-7");
  }

  @Test
  void shouldPreferADisagreementToADoubt() {
    start(Map.of("select.per-hour.records", "1"));
    SomeSamples doubted = SomeSamples.of("plant-1", "pump-1").uncertainty(0.7).noise(1);
    SomeSamples disputed = SomeSamples.of("plant-1", "pump-2").uncertainty(0.4).noise(2);
    driver().pipe(doubted, NOON);
    driver().pipe(disputed.reasons(SampleReason.DISAGREEMENT), NOON);
    assertThat(driver().selected())
        .extracting(sample -> sample.getDetection().getDeviceId())
        .containsExactly("pump-2");
  }

  @Test
  void shouldBalanceClassesAndDevices() {
    start(Map.of("select.per-hour.records", "20"));
    for (int i = 0; i < 90; i++) {
      driver().pipe(SomeSamples.of("plant-1", "pump-" + i % 2).noise(i).uncertainty(0.6), NOON);
    }
    for (int i = 0; i < 10; i++) {
      SomeSamples rare = SomeSamples.of("plant-1", "pump-" + (2 + i % 5)).label("rare");
      driver().pipe(rare.noise(1_000 + i).uncertainty(0.5), NOON);
    }
    assertThat(driver().selected())
        .filteredOn(sample -> sample.getDetection().getLabel().equals("rare"))
        .hasSizeGreaterThanOrEqualTo(9);
  }

  @Test
  void shouldTakeAShareByLotWhateverTheModelSays() {
    start(Map.of("select.per-hour.records", "20", "select.lot-share", "0.25"));
    for (int i = 0; i < 60; i++) {
      driver().pipe(SomeSamples.of("plant-1", "pump-" + i).noise(i).uncertainty(0.9), NOON);
    }
    for (int i = 0; i < 20; i++) {
      SomeSamples drawn = SomeSamples.of("plant-1", "fan-" + i).noise(500 + i).uncertainty(0.01);
      driver().pipe(drawn.reasons(SampleReason.RANDOM_AUDIT), NOON);
    }
    assertThat(driver().selected())
        .hasSize(20)
        .filteredOn(sample -> sample.getReasons().contains(SampleReason.RANDOM_AUDIT))
        .hasSize(5);
  }

  @Test
  void shouldTakeOneOfManyThatLookAlike() {
    start(Map.of("select.near-duplicates.within", "PT1H"));
    for (int i = 0; i < 5; i++) {
      driver().pipe(SomeSamples.of("plant-1", "pump-0").noise(7), NOON.plusSeconds(i));
    }
    assertThat(driver().count()).isEqualTo(1);
    assertThat(driver().refused("near_duplicate")).isEqualTo(4);

    driver().pipe(SomeSamples.of("plant-1", "pump-0").noise(7), NOON.plusSeconds(60));
    driver().pipe(SomeSamples.of("plant-1", "pump-1").noise(7), NOON.plusSeconds(60));
    driver().pipe(SomeSamples.of("plant-1", "pump-0").noise(8), NOON.plusSeconds(60));
    assertThat(driver().count()).isEqualTo(2);

    driver().pipe(SomeSamples.of("plant-1", "pump-0").noise(7), NOON.plusSeconds(7_300));
    assertThat(driver().count()).isEqualTo(1);
  }

  @Test
  void shouldKeepTheMoreTellingOfTwoThatLookAlike() {
    start(Map.of("select.near-duplicates.within", "PT1H"));
    driver().pipe(SomeSamples.of("plant-1", "pump-0").noise(7).uncertainty(0.2), NOON);
    driver().pipe(SomeSamples.of("plant-1", "pump-0").noise(7).uncertainty(0.8), NOON);
    assertThat(driver().selected())
        .singleElement()
        .extracting(RetrainingSample::getUncertainty)
        .isEqualTo(0.8f);
  }

  @Test
  void shouldTakeACandidateThatCameTwiceOnce() {
    start(Map.of());
    byte[] value = SomeSamples.of("plant-1", "pump-0").bytes(1);
    driver().pipe(null, value, new RecordHeaders(), NOON);
    driver().pipe(null, value, new RecordHeaders(), NOON);
    assertThat(driver().count()).isEqualTo(1);
  }

  @Test
  void shouldLetNoMoreWaitThanHaveRoomAndKeepTheBest() {
    start(Map.of("select.waiting.records", "8"));
    for (int i = 0; i < 100; i++) {
      SomeSamples candidate = SomeSamples.of("plant-1", "pump-" + i).label("class-" + i).noise(i);
      driver().pipe(candidate.uncertainty(i / 100.0), NOON);
    }
    try (var waiting = driver().driver().<String, byte[]>getKeyValueStore(Rounds.STORE).all()) {
      assertThat(waiting).toIterable().hasSizeBetween(8, 16);
    }
    List<RetrainingSample> selected = driver().selected();
    assertThat(selected)
        .extracting(sample -> sample.getDetection().getLabel())
        .contains("class-99", "class-98", "class-97", "class-96");
    assertThat(driver().refused("outranked")).isEqualTo(100 - selected.size());
  }

  @Test
  void shouldCountEveryCandidateOnceInItsOwnLedger() {
    start(Map.of("select.per-hour.records", "10"));
    driver().pipe("plant-1", 4, 25, NOON);
    driver()
        .pipe(
            SomeSamples.of("plant-1", "cam-1").stream("surface")
                .payload(
                    SomeSamples.frame(
                        SomeSamples.picture(64, 64, 1), dev.skerry.schemas.FrameEncoding.PNG)),
            NOON);
    driver().silence();
    Ledger ledger = new Ledger(driver().driver().getKeyValueStore(Ledger.STORE));
    Map<String, Map<String, Spent>> decisions = ledger.decisions("plant-1", NOON.toEpochMilli());
    assertThat(decisions.get("vibration"))
        .containsOnlyKeys("sample", "hour_records")
        .containsEntry("sample", new Spent(10, 10L * BYTES))
        .containsEntry("hour_records", new Spent(15, 15L * BYTES));
    assertThat(decisions.get("surface")).isEqualTo(Map.of("egress_none", new Spent(1, 0)));
    assertThat(ledger.sites(NOON.toEpochMilli())).containsExactly("plant-1");
  }

  @Test
  void shouldChooseTheSameWhateverTheTruthIs() {
    List<UUID> without = chosen("a", Map.of());
    List<UUID> with = chosen("b", Map.of("label.fault", "bearing-outer", "label.severity", "0.9"));
    assertThat(with).isNotEmpty().isEqualTo(without);
  }

  private List<UUID> chosen(String directory, Map<String, String> truth) {
    try (SelectDriver run =
        new SelectDriver(stateDir.resolve(directory), Map.of("select.per-hour.records", "7"))) {
      for (int i = 0; i < 40; i++) {
        SomeSamples candidate = SomeSamples.of("plant-1", "pump-" + i % 5).noise(i);
        run.pipe(candidate.uncertainty(i * 37 % 40 / 40.0).attributes(truth), NOON);
      }
      return run.selected().stream().map(RetrainingSample::getSampleId).toList();
    }
  }

  @Test
  void shouldChooseTheSameOfARoundInWhateverOrderItCame() {
    Map<String, String> few = Map.of("select.per-hour.records", "7", "select.lot-share", "0.2");
    List<byte[]> candidates = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      SomeSamples candidate = SomeSamples.of("plant-1", "pump-" + i % 5).noise(i);
      candidates.add(candidate.uncertainty(i * 37 % 40 / 40.0).bytes(i));
    }
    List<UUID> inOrder = chosenOf("in-order", few, candidates);
    Collections.reverse(candidates);
    assertThat(chosenOf("reversed", few, candidates)).hasSize(7).isEqualTo(inOrder);
  }

  private List<UUID> chosenOf(
      String directory, Map<String, String> settings, List<byte[]> candidates) {
    try (SelectDriver run = new SelectDriver(stateDir.resolve(directory), settings)) {
      candidates.forEach(value -> run.pipe(null, value, new RecordHeaders(), NOON));
      return run.selected().stream().map(RetrainingSample::getSampleId).toList();
    }
  }

  @Test
  void shouldForgetWhatIsLongOver() {
    start(Map.of());
    driver().pipe("plant-1", 4, 4, NOON);
    driver().pipe("plant-1", 4, 4, NOON.plus(Duration.ofDays(4)));
    driver().silence();
    driver().driver().advanceWallClockTime(Duration.ofMinutes(11));
    List<String> kept = new ArrayList<>();
    try (var all = driver().driver().<String, byte[]>getKeyValueStore(Ledger.STORE).all()) {
      all.forEachRemaining(entry -> kept.add(entry.key));
    }
    // A minute, an hour, a day, a class, the hour of each of four devices, and the decisions.
    assertThat(kept).hasSize(9);
  }

  @Test
  void shouldDeadLetterRandomBytes() {
    start(Map.of());
    driver().pipe("x".getBytes(UTF_8), new byte[] {9, 9, 9, 9, 9, 9}, new RecordHeaders(), NOON);
    assertThat(driver().deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.getStage()).isEqualTo("select");
              assertThat(letter.getReason()).isEqualTo(DeadLetterReason.NOT_AVRO);
              assertThat(letter.getSource().getTopic()).isEqualTo("retraining-candidates");
            });
    assertThat(driver().count()).isZero();
  }

  @Test
  void shouldNameTheKeyThatCannotBe() {
    for (Map.Entry<String, String> wrong :
        Map.of(
                "select.device-share", "0",
                "select.class-share", "1.5",
                "select.per-day.bytes", "-1",
                "select.per-minute.records", "-1",
                "select.round", "PT7S",
                "select.lot-share", "2",
                "select.waiting.records", "0",
                "select.near-duplicates.bits", "300",
                "select.egress.frames", "some",
                "select.egress.streams", "surface")
            .entrySet()) {
      assertThatThrownBy(() -> start(Map.of(wrong.getKey(), wrong.getValue())))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(wrong.getKey());
    }
  }

  private void start(Map<String, String> overrides) {
    driver = new SelectDriver(stateDir, overrides);
  }

  private SelectDriver driver() {
    return Objects.requireNonNull(driver);
  }
}
