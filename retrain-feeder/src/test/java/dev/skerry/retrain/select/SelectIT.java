package dev.skerry.retrain.select;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.retrain.KafkaSite;
import dev.skerry.retrain.SomeSamples;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectIT {

  private static final int KILLS = 2;
  private static final int HOURLY = 1_000;
  private static final int DEVICES = 8;

  @TempDir private Path dir;
  private KafkaSite site;
  private KafkaProducer<byte[], byte[]> producer;
  private final AtomicLong sent = new AtomicLong();

  @BeforeEach
  void start() throws Exception {
    site = new KafkaSite(dir.resolve("kafka"));
    producer = site.producer();
  }

  @AfterEach
  void stop() {
    producer.close();
    site.close();
  }

  /** The second start finds the state of the first, the last one none: it comes from Kafka. */
  @Test
  void shouldKeepTheBudgetToTheRecordThroughKillsAndWithoutItsDisk() throws Exception {
    Random moments = new Random(8);
    ScheduledExecutorService feed = Executors.newSingleThreadScheduledExecutor();
    ScheduledFuture<?> flow =
        feed.scheduleAtFixedRate(() -> send(10), 0, 20, TimeUnit.MILLISECONDS);
    for (int kill = 0; kill < KILLS; kill++) {
      try (SelectProcess select = new SelectProcess(dir, settings("state"))) {
        select.awaitReady();
        long moment = sent.get() + 50 + moments.nextInt(600);
        await("kill " + kill).atMost(Duration.ofMinutes(1)).until(() -> sent.get() >= moment);
        select.kill();
      }
    }
    await("more candidates than any budget of two hours")
        .atMost(Duration.ofMinutes(1))
        .until(() -> sent.get() > 3 * HOURLY);
    flow.cancel(false);
    feed.shutdown();
    await("the end of the feed").until(feed::isTerminated);

    long expected = affordable(site.committed(Topics.RETRAINING_CANDIDATES));
    try (SelectProcess select = new SelectProcess(dir, settings("state-anew"))) {
      select.awaitReady();
      await("a decision on every candidate")
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  select.isFullyRead()
                      && site.committed(Topics.RETRAINING_SAMPLES).size() >= expected);
      assertThat(select.stop()).isIn(0, 143);
    }
    List<ConsumerRecord<byte[], byte[]>> samples = site.committed(Topics.RETRAINING_SAMPLES);
    assertThat(samples).hasSize((int) expected);
    assertThat(ids(samples)).hasSize((int) expected);
    assertThat(ids(site.committed(Topics.RETRAINING_CANDIDATES))).containsAll(ids(samples));
  }

  /** What the budget affords of these candidates, counted by hour of their append time. */
  private static long affordable(List<ConsumerRecord<byte[], byte[]>> candidates) {
    Map<Long, Long> byHour =
        candidates.stream()
            .collect(groupingBy(r -> r.timestamp() / Duration.ofHours(1).toMillis(), counting()));
    return byHour.values().stream().mapToLong(count -> Math.min(count, HOURLY)).sum();
  }

  private static Set<UUID> ids(List<ConsumerRecord<byte[], byte[]>> records) {
    SkerryAvroDeserializer<RetrainingSample> value =
        new SkerryAvroDeserializer<>(RetrainingSample.class);
    Set<UUID> ids = new HashSet<>();
    records.forEach(r -> ids.add(value.deserialize(r.topic(), r.value()).getSampleId()));
    return ids;
  }

  private void send(int count) {
    List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long sequence = sent.getAndIncrement();
      String device = "machine-" + sequence % DEVICES;
      acknowledgements.add(
          producer.send(
              new ProducerRecord<>(
                  Topics.RETRAINING_CANDIDATES.name(),
                  device.getBytes(UTF_8),
                  SomeSamples.of("plant-1", device).bytes(sequence))));
    }
    KafkaSite.awaitAll(acknowledgements);
  }

  private Map<String, String> settings(String state) {
    return Map.ofEntries(
        Map.entry("kafka.bootstrap.servers", site.bootstrapServers()),
        Map.entry("select.site-id", "plant-1"),
        Map.entry("select.state-dir", dir.resolve(state).toString()),
        Map.entry("select.round", "PT1S"),
        Map.entry("select.per-minute.records", "100000"),
        Map.entry("select.per-hour.records", Integer.toString(HOURLY)),
        Map.entry("select.waiting.records", "5000"),
        Map.entry("select.near-duplicates.within", "PT0S"),
        Map.entry("select.device-share", "1"),
        Map.entry("select.class-share", "1"));
  }
}
