package dev.skerry.retrain.select;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.DriftReport;
import dev.skerry.schemas.DriftSubject;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ConfigException;
import dev.skerry.service.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectTopologyTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int BYTES = SomeCandidates.of("plant-1", "pump-0", 0).length;

  @TempDir private Path stateDir;
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private @Nullable TopologyTestDriver driver;

  @AfterEach
  void stop() {
    if (driver != null) {
      driver.close();
    }
  }

  @Test
  void shouldPassOnKeyValueAndHeadersByteForByte() {
    start(Map.of());
    byte[] value = SomeCandidates.of("plant-1", "pump-0", 1);
    RecordHeaders headers = new RecordHeaders();
    headers.add("traceparent", new byte[] {1, 2});
    candidates().pipeInput(new TestRecord<>("pump-0".getBytes(UTF_8), value, headers, NOON));

    TestRecord<byte[], byte[]> sample = samples().readRecord();
    assertThat(sample.key()).isEqualTo("pump-0".getBytes(UTF_8));
    assertThat(sample.value()).isEqualTo(value);
    assertThat(sample.headers()).isEqualTo(headers);
  }

  @Test
  void shouldGiveACandidateWithoutAKeyItsDeviceAsKey() {
    start(Map.of());
    candidates().pipeInput(null, SomeCandidates.of("plant-1", "pump-0", 1), NOON);
    assertThat(samples().readRecord().key()).isEqualTo("pump-0".getBytes(UTF_8));
  }

  @Test
  void shouldKeepTheRecordsOfTheHour() {
    start(Map.of("select.per-hour.records", "10"));
    pipe("plant-1", 4, 25, NOON);
    assertThat(taken()).isEqualTo(10);
    assertThat(refused("hour_records")).isEqualTo(15);

    pipe("plant-1", 4, 25, NOON.plus(Duration.ofHours(1)));
    assertThat(taken()).isEqualTo(10);
  }

  @Test
  void shouldAffordMoreOfAStreamWhileItDrifts() {
    start(Map.of("select.per-hour.records", "10", "select.drift-factor", "2.5"));
    pipe("plant-1", 4, 25, NOON);
    assertThat(taken()).isEqualTo(10);

    report("plant-1", "vibration", true, NOON);
    pipe("plant-1", 4, 50, NOON);
    assertThat(taken()).isEqualTo(15);

    report("plant-1", "vibration", false, NOON);
    Instant nextHour = NOON.plus(Duration.ofHours(1));
    pipe("plant-1", 4, 50, nextHour);
    assertThat(taken()).isEqualTo(10);
  }

  @Test
  void shouldNotAffordMoreOfOtherSitesAndStreamsNorBelieveAReportForEver() {
    start(Map.of("select.per-hour.records", "10"));
    report("plant-2", "vibration", true, NOON);
    report("plant-1", "pump", true, NOON);
    pipe("plant-1", 4, 50, NOON);
    assertThat(taken()).isEqualTo(10);

    report("plant-1", "vibration", true, NOON);
    Instant muchLater = NOON.plus(DriftingStreams.BELIEVED).plus(Duration.ofHours(1));
    pipe("plant-1", 4, 50, muchLater);
    assertThat(taken()).isEqualTo(10);
  }

  private void report(String site, String stream, boolean drifting, Instant at) {
    DriftReport report =
        DriftReport.newBuilder()
            .setSiteId(site)
            .setStream(stream)
            .setModel("machine-state")
            .setModelVersion("1")
            .setWindowStart(NOON)
            .setWindowEnd(NOON.plusSeconds(300))
            .setSubject(DriftSubject.SCORES)
            .setName("normal")
            .setCount(1_000)
            .setEdges(List.of(0.5))
            .setReferenceShares(List.of(0.2, 0.8))
            .setObservedShares(List.of(0.8, 0.2))
            .setPopulationStabilityIndex(1.66)
            .setThreshold(0.25)
            .setDriftedWindows(drifting ? 3 : 0)
            .setDrifting(drifting)
            .build();
    Objects.requireNonNull(driver)
        .createInputTopic(Topics.DRIFT.name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new byte[] {1}, new AvroEncoder<>(DriftReport.class).encode(report), at);
  }

  @Test
  void shouldKeepTheBytesOfTheHour() {
    start(Map.of("select.per-hour.bytes", Integer.toString(3 * BYTES + BYTES / 2)));
    pipe("plant-1", 4, 10, NOON);
    assertThat(taken()).isEqualTo(3);
    assertThat(refused("hour_bytes")).isEqualTo(7);
  }

  @Test
  void shouldKeepTheRecordsAndBytesOfTheDay() {
    start(
        Map.of(
            "select.per-hour.records", "10",
            "select.per-day.records", "25",
            "select.device-share", "1"));
    for (int hour = 0; hour < 6; hour++) {
      pipe("plant-1", 2, 20, NOON.plus(Duration.ofHours(hour)));
    }
    assertThat(taken()).isEqualTo(25);
    pipe("plant-1", 2, 20, NOON.plus(Duration.ofDays(1)));
    assertThat(taken()).isEqualTo(10);
  }

  @Test
  void shouldKeepOneDeviceFromEatingTheHour() {
    start(Map.of("select.per-hour.records", "10", "select.device-share", "0.3"));
    pipe("plant-1", 1, 50, NOON);
    assertThat(taken()).isEqualTo(3);
    assertThat(refused("device_share")).isEqualTo(47);
    pipe("plant-1", 4, 50, NOON);
    assertThat(taken()).isEqualTo(7);
  }

  @Test
  void shouldGiveEachSiteABudgetOfItsOwn() {
    start(Map.of("select.per-hour.records", "4"));
    pipe("plant-1", 4, 10, NOON);
    pipe("plant-2", 4, 10, NOON);
    assertThat(taken()).isEqualTo(8);
  }

  @Test
  void shouldCountLateCandidatesInTheHourThatTheyBelongTo() {
    start(Map.of("select.per-hour.records", "4"));
    pipe("plant-1", 4, 2, NOON);
    pipe("plant-1", 4, 10, NOON.plus(Duration.ofHours(1)));
    assertThat(taken()).isEqualTo(2 + 4);
    pipe("plant-1", 4, 10, NOON.plusSeconds(1));
    assertThat(taken()).isEqualTo(2);
  }

  @Test
  void shouldForgetWhatIsLongOver() {
    start(Map.of());
    pipe("plant-1", 4, 4, NOON);
    pipe("plant-1", 4, 4, NOON.plus(Duration.ofDays(4)));
    driver().advanceWallClockTime(Duration.ofMinutes(11));
    try (var kept = driver().<String, byte[]>getKeyValueStore("budget-spent").all()) {
      // An hour, a day, and the hour of each of four devices.
      assertThat(kept).toIterable().hasSize(6);
    }
  }

  @Test
  void shouldDeadLetterRandomBytes() {
    start(Map.of());
    candidates().pipeInput("x".getBytes(UTF_8), new byte[] {9, 9, 9, 9, 9, 9}, NOON);
    List<DeadLetter> letters =
        driver()
            .createOutputTopic(
                Topics.DEAD_LETTERS.name(),
                new ByteArrayDeserializer(),
                new SkerryAvroDeserializer<>(DeadLetter.class))
            .readValuesToList();
    assertThat(letters)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.getStage()).isEqualTo("select");
              assertThat(letter.getReason()).isEqualTo(DeadLetterReason.NOT_AVRO);
              assertThat(letter.getSource().getTopic()).isEqualTo("retraining-candidates");
            });
    assertThat(taken()).isZero();
  }

  @Test
  void shouldNameTheKeyThatCannotBe() {
    assertThatThrownBy(() -> start(Map.of("select.device-share", "0")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("select.device-share");
    assertThatThrownBy(() -> start(Map.of("select.per-day.bytes", "-1")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("select.per-day.bytes");
  }

  private void start(Map<String, String> overrides) {
    Map<String, String> settings = new HashMap<>(overrides);
    settings.put("select.site-id", "plant-1");
    settings.put("select.state-dir", stateDir.toString());
    SelectConfig config = Settings.of(settings, SelectConfig.class).get(SelectConfig.class);
    Properties properties = new Properties();
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    driver =
        new TopologyTestDriver(
            SelectTopology.of(config, WriterSchemas.catalogue(), metrics), properties, NOON);
  }

  private TopologyTestDriver driver() {
    return Objects.requireNonNull(driver);
  }

  private TestInputTopic<byte[], byte[]> candidates() {
    return driver()
        .createInputTopic(
            Topics.RETRAINING_CANDIDATES.name(),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  private TestOutputTopic<byte[], byte[]> samples() {
    return driver()
        .createOutputTopic(
            Topics.RETRAINING_SAMPLES.name(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  private void pipe(String site, int devices, int count, Instant appendTime) {
    for (int i = 0; i < count; i++) {
      String device = "pump-" + i % devices;
      candidates()
          .pipeInput(device.getBytes(UTF_8), SomeCandidates.of(site, device, i), appendTime);
    }
  }

  private int taken() {
    return samples().readRecordsToList().size();
  }

  private double refused(String reason) {
    return metrics.get("skerry.select.refused").tag("reason", reason).counter().count();
  }
}
