package dev.skerry.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.broker.KafkaNode;
import dev.skerry.broker.TopicCreation;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Observability;
import dev.skerry.service.Settings;
import dev.skerry.warehouse.sink.ConnectorSettings;
import dev.skerry.warehouse.sql.Asking;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker, the warehouse in this process, and questions to it. */
class WarehouseIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int AGGREGATES = 300;
  private static final List<Topic> TOPICS =
      List.of(
          Topics.AGGREGATES,
          Topics.FLEET_AGGREGATES,
          Topics.DRIFT,
          Topics.COMPLETENESS,
          Topics.MODEL_STATUS,
          Topics.RETRAINING_SAMPLES);

  @TempDir Path directory;

  @Test
  void shouldMakeEveryRecordARowOrADeadLetterAndAnswerTheReadyQuestions() throws Exception {
    try (KafkaNode broker = KafkaNode.start(KafkaNode.Settings.of(directory.resolve("broker")));
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      TopicCreation.create(
          admin,
          TOPICS.stream()
              .map(
                  topic ->
                      new NewTopic(topic.name(), topic.partitions(), (short) 1)
                          .configs(topic.settings(Side.CLOUD)))
              .toList());
      write(broker);
      try (Observability observability = observability()) {
        WarehouseService service =
            WarehouseService.create(
                Settings.of(settings(broker), WarehouseConfig.class), observability);
        CompletableFuture<Void> run = running(service);
        assertRows();
        assertQuestions();
        assertDeadLetters(broker);
        assertThat(observability.health().readinessProblems()).isEmpty();
        service.stop();
        run.get();
        service.close();
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What is missing is seen in the tables.
  private static void write(KafkaNode broker) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < AGGREGATES; i++) {
        send(producer, Topics.AGGREGATES, CloudRecords.aggregate(i));
        if (i == AGGREGATES / 2) {
          producer.send(new ProducerRecord<>(Topics.AGGREGATES.name(), "poison".getBytes(UTF_8)));
          send(producer, Topics.AGGREGATES, CloudRecords.completeness());
        }
      }
      send(producer, Topics.DRIFT, CloudRecords.drift());
      send(producer, Topics.COMPLETENESS, CloudRecords.completeness());
      send(producer, Topics.MODEL_STATUS, CloudRecords.modelStatus());
      producer.send(new ProducerRecord<>(Topics.MODEL_STATUS.name(), new byte[] {1}, null));
      send(producer, Topics.RETRAINING_SAMPLES, CloudRecords.sample());
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private static <T extends SpecificRecord> void send(
      KafkaProducer<byte[], byte[]> producer, Topic topic, T record) {
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) record.getClass();
    producer.send(
        new ProducerRecord<>(topic.name(), new byte[] {1}, new AvroEncoder<>(type).encode(record)));
  }

  private Map<String, String> settings(KafkaNode broker) {
    Map<String, String> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
    settings.put("warehouse.directory", warehouse().toString());
    settings.put("warehouse.commit-interval", "PT1S");
    settings.put("warehouse.samples", "thumbnails");
    return settings;
  }

  private Path warehouse() {
    return directory.resolve("warehouse");
  }

  private static Observability observability() {
    return Observability.start(Settings.of(Map.of()).service().http());
  }

  private static CompletableFuture<Void> running(WarehouseService service) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            service.run();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private void assertRows() throws Exception {
    try (Asking asking = Asking.of(TestWarehouse.config(warehouse()))) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .until(
              () ->
                  asking.hasTables("aggregates", "drift", "model_status", "retraining_samples")
                      && asking.number("SELECT count(*) FROM aggregates") >= AGGREGATES);
      assertThat(asking.number("SELECT count(*) FROM aggregates")).isEqualTo(AGGREGATES);
      assertThat(
              asking.number("SELECT count(DISTINCT (kafkaPartition, kafkaOffset)) FROM aggregates"))
          .isEqualTo(AGGREGATES);
      assertThat(asking.number("SELECT sum(count) FROM aggregates"))
          .isEqualTo(100L * AGGREGATES + (AGGREGATES - 1L) * AGGREGATES / 2);
      assertThat(asking.number("SELECT count(*) FROM model_status")).isEqualTo(1);
      assertThat(
              asking.number(
                  "SELECT count(*) FROM retraining_samples WHERE octet_length(thumbnail) > 100"))
          .isEqualTo(1);
    }
  }

  private void assertQuestions() throws Exception {
    List<String> questions = ReadyQuestions.ofTheGuide();
    assertThat(questions).hasSizeGreaterThanOrEqualTo(8);
    try (Asking asking = Asking.of(TestWarehouse.config(warehouse()))) {
      await().atMost(PATIENCE).until(() -> asking.hasTables("completeness"));
      for (String question : questions) {
        assertThat(asking.rows(question)).as(question).isPositive();
      }
    }
  }

  private static void assertDeadLetters(KafkaNode broker) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition letters = new TopicPartition(ConnectorSettings.DEAD_LETTERS, 0);
      consumer.assign(List.of(letters));
      consumer.seekToBeginning(List.of(letters));
      List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
                return found.size() >= 2;
              });
      assertThat(found).hasSize(2);
      assertThat(found.stream().map(ConsumerRecord::value).map(bytes -> new String(bytes, UTF_8)))
          .contains("poison");
      assertThat(found)
          .allSatisfy(
              letter -> {
                assertThat(header(letter, "__connect.errors.topic"))
                    .isEqualTo(Topics.AGGREGATES.name());
                assertThat(header(letter, "__connect.errors.offset")).matches("\\d+");
                assertThat(header(letter, "__connect.errors.stage")).isEqualTo("VALUE_CONVERTER");
                assertThat(header(letter, "__connect.errors.exception.message")).isNotBlank();
              });
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }
}
