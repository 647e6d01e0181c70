package dev.skerry.aggregator;

import static dev.skerry.schemas.AnswerVerdict.ANSWERED_TWICE;
import static dev.skerry.schemas.AnswerVerdict.COMPLETE;
import static dev.skerry.schemas.AnswerVerdict.GAP;
import static dev.skerry.schemas.AnswerVerdict.UNANSWERED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.skerry.schemas.AnswerEntry;
import dev.skerry.schemas.AnswerKey;
import dev.skerry.schemas.AnswerVerdict;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger of answers at a real broker, killed while telemetry is answered not quite right. */
class AnswerLedgerIT {

  private static final String TOPIC = Topics.TELEMETRY.name();
  private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
  private static final TopicPartition LAST = new TopicPartition(TOPIC, 3);
  private static final int RECORDS = 1_000;
  private static final int GONE = 10;
  private static final int KILLS = Integer.getInteger("skerry.answers.kills", 1);

  @TempDir private Path dir;

  @Test
  void shouldNameWhatIsUnansweredTwiceAnsweredAndGoneThroughKills() throws Exception {
    try (KafkaSite site = new KafkaSite(dir.resolve("kafka"));
        FakeInference inference =
            new FakeInference(site, Topics.TELEMETRY, AnswerLedgerIT::answers)) {
      write(site, /* aborted= */ false);
      for (int kill = 0; kill < KILLS; kill++) {
        try (AggregatorProcess aggregator =
            new AggregatorProcess(dir.resolve("a"), settings(site))) {
          aggregator.awaitReady();
          answerAll(inference, RECORDS);
          await("some of it to be judged")
              .atMost(Duration.ofMinutes(1))
              .until(() -> !entries(site).isEmpty());
          aggregator.kill();
        }
        write(site, /* aborted= */ true);
        long first = write(site, /* aborted= */ false);
        if (kill == KILLS - 1) {
          takeBeforeItIsAnswered(site, inference, first + GONE);
        }
      }
      try (AggregatorProcess aggregator = new AggregatorProcess(dir.resolve("a"), settings(site))) {
        aggregator.awaitReady();
        addPartition(site);
        write(site, /* aborted= */ false);
        answerAll(inference, RECORDS);
        await("all of it to be judged")
            .atMost(Duration.ofMinutes(1))
            .pollInterval(Duration.ofMillis(500))
            .untilAsserted(() -> assertJudged(entries(site)));
      }
    }
  }

  /** It is read too, from its first record on. */
  private static void addPartition(KafkaSite site) throws Exception {
    int before = Topics.DETECTIONS.partitions();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.bootstrapServers()))) {
      admin
          .createPartitions(Map.of(Topics.DETECTIONS.name(), NewPartitions.increaseTo(before + 1)))
          .all()
          .get();
    }
    try (KafkaProducer<byte[], byte[]> producer = site.producer()) {
      producer
          .send(
              new ProducerRecord<>(
                  Topics.DETECTIONS.name(), before, new byte[0], "no detection".getBytes(UTF_8)))
          .get();
    }
  }

  /** Retention overtakes the group in the last partition. */
  private static void takeBeforeItIsAnswered(KafkaSite site, FakeInference inference, long before)
      throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.bootstrapServers()))) {
      admin.deleteRecords(Map.of(LAST, RecordsToDelete.beforeOffset(before))).all().get();
    }
    inference.skipTo(LAST, before);
    answerAll(inference, RECORDS - GONE);
  }

  private static void assertJudged(Map<AnswerKey, AnswerEntry> entries) {
    assertThat(count(entries, UNANSWERED)).as("of %s", entries.values()).isEqualTo(3);
    assertThat(entries.values())
        .filteredOn(entry -> entry.getVerdict() == UNANSWERED)
        .extracting("topic", "partition", "firstOffset", "endOffset")
        .containsExactly(tuple(TOPIC, 0, 7L, 10L));
    assertThat(entries.values())
        .filteredOn(entry -> entry.getVerdict() == ANSWERED_TWICE)
        .extracting("partition", "firstOffset", "count")
        .containsExactly(tuple(0, 20L, 1L));
    // What was aborted before them, and its marks, took offsets too.
    assertThat(count(entries, GAP)).isGreaterThanOrEqualTo(GONE);
    // Every record that was committed has an answer, but for 3 without one and 10 that are gone.
    assertThat(count(entries, COMPLETE)).isEqualTo((KILLS + 2) * RECORDS - 3 - GONE);
  }

  private static long count(Map<AnswerKey, AnswerEntry> entries, AnswerVerdict verdict) {
    return entries.values().stream()
        .filter(entry -> entry.getVerdict() == verdict)
        .mapToLong(AnswerEntry::getCount)
        .sum();
  }

  private static int answers(ConsumerRecord<byte[], byte[]> record) {
    if (record.partition() != FIRST.partition()) {
      return 1;
    }
    if (record.offset() == 20) {
      return 2;
    }
    return record.offset() >= 7 && record.offset() < 10 ? 0 : 1;
  }

  private static void answerAll(FakeInference inference, int records) {
    int[] answered = {0};
    await("the telemetry to be answered")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> (answered[0] += inference.round()) >= records);
  }

  /**
   * In transactions of 100, so that marks take offsets between the records; returns the offset of
   * the first in the last partition. Where it ends now would not do: marks may be on their way.
   */
  private static long write(KafkaSite site, boolean aborted) throws Exception {
    List<Future<RecordMetadata>> last = new ArrayList<>();
    Map<String, Object> settings =
        Map.of("bootstrap.servers", site.bootstrapServers(), "transactional.id", "devices");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      for (int from = 0; from < RECORDS; from += 100) {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int number = from; number < from + 100; number++) {
          sent.add(
              producer.send(
                  new ProducerRecord<>(
                      TOPIC, number % 4, FakeInference.key(number), new byte[] {(byte) number})));
          if (number % 4 == LAST.partition()) {
            last.add(sent.get(sent.size() - 1));
          }
        }
        KafkaSite.awaitAll(sent);
        if (aborted) {
          producer.abortTransaction();
        } else {
          producer.commitTransaction();
        }
      }
    }
    return last.get(0).get().offset();
  }

  private static Map<AnswerKey, AnswerEntry> entries(KafkaSite site) {
    SkerryAvroDeserializer<AnswerKey> keys = new SkerryAvroDeserializer<>(AnswerKey.class);
    SkerryAvroDeserializer<AnswerEntry> values = new SkerryAvroDeserializer<>(AnswerEntry.class);
    Map<AnswerKey, AnswerEntry> latest = new HashMap<>();
    site.committed(Topics.ANSWER_LEDGER)
        .forEach(
            record ->
                latest.put(
                    keys.deserialize(record.topic(), record.key()),
                    values.deserialize(record.topic(), record.value())));
    return latest;
  }

  private Map<String, String> settings(KafkaSite site) {
    return Map.of(
        "kafka.bootstrap.servers",
        site.bootstrapServers(),
        "aggregator.site-id",
        SomeDetections.SITE,
        "aggregator.state-dir",
        dir.resolve("a/state").toString(),
        "aggregator.ledger.enabled",
        "false",
        "aggregator.answers.interval",
        "PT0.5S",
        "aggregator.answers.report-every",
        "PT1S");
  }
}
