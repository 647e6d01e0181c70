package dev.skerry.aggregator;

import static dev.skerry.schemas.CompletenessVerdict.COMPLETE;
import static dev.skerry.schemas.CompletenessVerdict.DIFFERS;
import static dev.skerry.schemas.CompletenessVerdict.DOUBLED;
import static dev.skerry.schemas.CompletenessVerdict.MISSING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.aggregator.drift.SomeModel;
import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.DriftReport;
import dev.skerry.schemas.DriftSubject;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The aggregators of a site and of the cloud at two brokers, killed while records cross a link that
 * loses one, doubles one and does both in one minute. The site's clock is days ahead, so that its
 * minutes pass as fast as the test wants. Beside that a model says other things than it used to.
 */
class SiteAndCloudIT {

  private static final Topic TOPIC = Topics.TELEMETRY_OVERFLOW;
  private static final int KILLS = Integer.getInteger("skerry.ledger.kills", 1);
  private static final int RECORDS_EACH_MINUTE = 40;
  private static final int LOST_IN = 3;
  private static final int DOUBLED_IN = 5;
  private static final int BOTH_IN = 7;
  private static final int JUDGED_MINUTES = 10;
  private static final Instant LAST_YEAR = Instant.parse("2025-03-09T10:00:00Z");
  private static final int DRIFTED_MINUTES = 3;
  private static final int DETECTIONS_EACH_MINUTE = 200;
  private static final int DEVICES = 40;

  private final Instant begin =
      Instant.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(2));
  private final Random moments = new Random(20251122);
  private final Map<Integer, Integer> passedByMinute = new HashMap<>();
  @TempDir private Path dir;
  private KafkaSite edge;
  private KafkaSite cloud;
  private Path model;
  private int minute;

  @BeforeEach
  void start() throws Exception {
    model = SomeModel.withReference(dir);
    edge = KafkaSite.withTimesOfWriters(dir.resolve("edge"), TOPIC);
    cloud = new KafkaSite(dir.resolve("cloud"), Side.CLOUD);
    detect();
  }

  @AfterEach
  void stop() {
    cloud.close();
    edge.close();
  }

  @Test
  void shouldNameLossesAddSitesUpAndReportDriftThroughKills() throws Exception {
    FaultyMirror mirror = new FaultyMirror(edge, cloud, this::copies);
    try (KafkaProducer<byte[], byte[]> producer = edge.producer()) {
      for (int kill = 1; kill <= KILLS; kill++) {
        int from = JUDGED_MINUTES * kill / KILLS + moments.nextInt(3);
        try (AggregatorProcess site = new AggregatorProcess(dir.resolve("site"), site());
            AggregatorProcess other = new AggregatorProcess(dir.resolve("other"), other())) {
          site.awaitReady();
          other.awaitReady();
          await("kill " + kill)
              .atMost(Duration.ofMinutes(1))
              .pollInterval(Duration.ofMillis(200))
              .until(() -> writeMinute(producer) >= from);
          site.kill();
          other.kill();
        }
      }
      try (AggregatorProcess site = new AggregatorProcess(dir.resolve("site"), site());
          AggregatorProcess other = new AggregatorProcess(dir.resolve("other"), other())) {
        site.awaitReady();
        other.awaitReady();
        await("every minute to be judged as it is")
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(300))
            .untilAsserted(
                () -> {
                  writeMinute(producer); // Time goes on at the site.
                  assertJudged();
                });
        await("the hour of the fleet and the drift")
            .atMost(Duration.ofMinutes(1))
            .pollInterval(Duration.ofMillis(300))
            .untilAsserted(
                () -> {
                  assertAddedUp();
                  assertDriftReported();
                });
      }
    } finally {
      mirror.close();
    }
  }

  private void assertJudged() {
    Map<Instant, Completeness> judged = judged();
    for (int each = 0; each < JUDGED_MINUTES; each++) {
      Completeness window = judged.get(begin.plus(Duration.ofMinutes(each)));
      assertThat(window).as("minute " + each).isNotNull();
      requireNonNull(window);
      long edgeCount = RECORDS_EACH_MINUTE;
      switch (each) {
        case LOST_IN -> assertVerdict(window, MISSING, 1, edgeCount, edgeCount - 1);
        case DOUBLED_IN -> assertVerdict(window, DOUBLED, 1, edgeCount, edgeCount + 1);
        case BOTH_IN -> assertVerdict(window, DIFFERS, 0, edgeCount, edgeCount);
        default -> assertVerdict(window, COMPLETE, 0, edgeCount, edgeCount);
      }
    }
  }

  /** Each detection of the site counts once in the hour of all sites. */
  private void assertAddedUp() {
    List<Aggregate> fleet = Tally.decode(cloud.committed(Topics.FLEET_AGGREGATES));
    assertThat(fleet).extracting(Aggregate::getSiteId).containsOnly("*");
    assertThat(fleet).extracting(Aggregate::getWindowStart).containsOnly(LAST_YEAR);
    assertThat(fleet.stream().mapToLong(Aggregate::getCount).sum())
        .isEqualTo(DRIFTED_MINUTES * (long) DETECTIONS_EACH_MINUTE);
  }

  /** The third minute in a row is reported, once, and crosses the link as it is. */
  private void assertDriftReported() {
    SkerryAvroDeserializer<DriftReport> values = new SkerryAvroDeserializer<>(DriftReport.class);
    assertThat(cloud.committed(Topics.DRIFT))
        .map(record -> values.deserialize(record.topic(), record.value()))
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.getSiteId()).isEqualTo(SomeDetections.SITE);
              assertThat(report.getSubject()).isEqualTo(DriftSubject.SCORES);
              assertThat(report.getName()).isEqualTo("normal");
              assertThat(report.getDriftedWindows()).isEqualTo(DRIFTED_MINUTES);
              assertThat(report.getDrifting()).isTrue();
            });
  }

  private static void assertVerdict(Completeness window, Object... expected) {
    assertThat(window)
        .extracting("verdict", "difference", "edgeCount", "cloudCount")
        .as("minute " + window.getWindowStart())
        .containsExactly(expected[0], ((Number) expected[1]).longValue(), expected[2], expected[3]);
  }

  /** One is lost in one minute, one doubled in another, and both happen in a third. */
  private int copies(ConsumerRecord<byte[], byte[]> record) {
    int in = (int) Duration.between(begin, Instant.ofEpochMilli(record.timestamp())).toMinutes();
    int number = passedByMinute.merge(in, 1, Integer::sum);
    if (number == 11 && (in == LOST_IN || in == BOTH_IN)) {
      return 0;
    }
    return number == 23 && (in == DOUBLED_IN || in == BOTH_IN) ? 2 : 1;
  }

  /** Minutes in which a model is never sure of what it was mostly sure of. */
  private void detect() {
    AvroEncoder<Detection> detections = new AvroEncoder<>(Detection.class);
    List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = edge.producer()) {
      for (int number = 0; number < DRIFTED_MINUTES * DETECTIONS_EACH_MINUTE; number++) {
        Instant eventTime = LAST_YEAR.plusSeconds(60L * number / DETECTIONS_EACH_MINUTE);
        String device = "machine-" + number % DEVICES;
        acknowledgements.add(
            producer.send(
                new ProducerRecord<>(
                    Topics.DETECTIONS.name(),
                    device.getBytes(UTF_8),
                    detections.encode(
                        SomeDetections.at(eventTime, device, "vibration", "normal", 0.125f)))));
      }
      KafkaSite.awaitAll(acknowledgements);
    }
  }

  /** A minute of the site's; returns how many there were. */
  private int writeMinute(KafkaProducer<byte[], byte[]> producer) {
    List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
    for (int number = 0; number < RECORDS_EACH_MINUTE; number++) {
      Instant appended = begin.plus(Duration.ofMinutes(minute)).plusSeconds(number);
      acknowledgements.add(
          producer.send(
              new ProducerRecord<>(
                  TOPIC.name(),
                  number % TOPIC.partitions(),
                  appended.toEpochMilli(),
                  "pump-7".getBytes(UTF_8),
                  SomeDetections.telemetryAt(appended, "pump", number, /* steps= */ 2))));
    }
    KafkaSite.awaitAll(acknowledgements);
    return ++minute;
  }

  private Map<Instant, Completeness> judged() {
    SkerryAvroDeserializer<Completeness> values = new SkerryAvroDeserializer<>(Completeness.class);
    Map<Instant, Completeness> latest = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : cloud.committed(Topics.COMPLETENESS)) {
      Completeness judged = values.deserialize(record.topic(), record.value());
      if (judged.getTopic().equals(TOPIC.name())) {
        latest.put(judged.getWindowStart(), judged);
      }
    }
    return latest;
  }

  private Map<String, String> site() {
    return Map.of(
        "kafka.bootstrap.servers",
        edge.bootstrapServers(),
        "aggregator.site-id",
        SomeDetections.SITE,
        "aggregator.state-dir",
        dir.resolve("site/state").toString(),
        "aggregator.quiet-close",
        "PT3S",
        "aggregator.drift.models",
        model.toString(),
        "aggregator.drift.window",
        "PT1M",
        "aggregator.drift.min-count",
        "40",
        "aggregator.ledger.quiet-close",
        "PT2S");
  }

  private Map<String, String> other() {
    return Map.of(
        "kafka.bootstrap.servers", cloud.bootstrapServers(),
        "aggregator.side", "cloud",
        "aggregator.site-id", "cloud",
        "aggregator.state-dir", dir.resolve("other/state").toString(),
        "aggregator.fleet.quiet-close", "PT2S",
        "aggregator.ledger.patience", "PT5S");
  }
}
