package dev.skerry.aggregator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.schemas.LedgerEntry;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a record costs the ledger at the edge: the figure is printed, the counts are checked. */
class LedgerLoadIT {

  private static final Logger log = LoggerFactory.getLogger(LedgerLoadIT.class);
  private static final Topic TOPIC = Topics.TELEMETRY_OVERFLOW;
  private static final int RECORDS = Integer.getInteger("skerry.load.ledger", 5_000);
  private static final Instant BEGIN = Instant.parse("2025-03-09T10:00:00Z");

  @TempDir private Path dir;

  @Test
  void shouldCountAllOfABacklogCheaply() throws Exception {
    try (KafkaSite site = KafkaSite.withTimesOfWriters(dir.resolve("kafka"), TOPIC);
        AggregatorProcess aggregator = new AggregatorProcess(dir.resolve("a"), settings(site))) {
      aggregator.awaitReady();
      Duration before = aggregator.cpu();
      long startNanos = System.nanoTime();
      int bytes = write(site);
      await("all of it to be on a page")
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofMillis(500))
          .untilAsserted(() -> assertThat(counted(site)).isEqualTo(RECORDS));
      log.warn(
          "{} records of {} bytes on their pages in {} s, {} µs of CPU each, the idle rest included",
          RECORDS,
          bytes,
          (System.nanoTime() - startNanos) / 1e9,
          aggregator.cpu().minus(before).toNanos() / 1e3 / RECORDS);
    }
  }

  private static int write(KafkaSite site) {
    byte[] value = SomeDetections.telemetryAt(BEGIN, "pump", /* sequence= */ 1, /* steps= */ 64);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = site.producer()) {
      for (int number = 0; number < RECORDS; number++) {
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    TOPIC.name(),
                    number % TOPIC.partitions(),
                    BEGIN.plusMillis(number * 10L).toEpochMilli(),
                    "pump-7".getBytes(UTF_8),
                    value)));
      }
      KafkaSite.awaitAll(sent);
    }
    return value.length;
  }

  private static long counted(KafkaSite site) {
    SkerryAvroDeserializer<LedgerEntry> values = new SkerryAvroDeserializer<>(LedgerEntry.class);
    Map<Instant, Long> latest = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : site.committed(Topics.LEDGER)) {
      LedgerEntry page = values.deserialize(record.topic(), record.value());
      if (page.getTopic().equals(TOPIC.name())) {
        latest.put(page.getWindowStart(), page.getCount());
      }
    }
    return latest.values().stream().mapToLong(Long::longValue).sum();
  }

  private Map<String, String> settings(KafkaSite site) {
    return Map.of(
        "kafka.bootstrap.servers",
        site.bootstrapServers(),
        "aggregator.site-id",
        SomeDetections.SITE,
        "aggregator.state-dir",
        dir.resolve("a/state").toString(),
        "aggregator.answers.enabled",
        "false",
        "aggregator.ledger.quiet-close",
        "PT2S");
  }
}
