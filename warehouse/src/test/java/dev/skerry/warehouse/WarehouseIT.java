package dev.skerry.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skerry.broker.KafkaNode;
import dev.skerry.broker.TopicCreation;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Settings;
import dev.skerry.warehouse.catalog.WarehouseCatalog;
import dev.skerry.warehouse.file.LocalFileIO;
import dev.skerry.warehouse.sink.DeadLetterTopic;
import dev.skerry.warehouse.sql.Asking;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.iceberg.data.Record;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker, the warehouse in this process with catalogs of several kinds, and questions to it. */
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
          Topics.RETRAINING_SAMPLES,
          Topics.DETECTIONS,
          Topics.OVERFLOW_DETECTIONS);

  /** Where an S3 answers, for example {@code http://127.0.0.1:9090}; needs the profile s3. */
  private static final String S3 = "skerry.s3.endpoint";

  private static final int DETECTIONS = 200;

  @TempDir private static Path directory;
  private static KafkaNode broker;

  @BeforeAll
  static void start() throws Exception {
    broker = KafkaNode.start(KafkaNode.Settings.of(directory.resolve("broker")));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      TopicCreation.create(
          admin,
          TOPICS.stream()
              .map(
                  topic ->
                      new NewTopic(topic.name(), topic.partitions(), (short) 1)
                          .configs(topic.settings(Side.CLOUD)))
              .toList());
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void shouldMakeEveryRecordARowOrADeadLetterAndAnswerTheReadyQuestions() throws Exception {
    write();
    try (RunningWarehouse warehouse = RunningWarehouse.start(settings())) {
      assertRows(warehouse);
      assertQuestions();
      assertDeadLetters();
      assertThat(warehouse.observability().health().readinessProblems()).isEmpty();
    }
  }

  @Test
  void shouldFillTablesOfARestCatalogWithSeveralTasks() throws Exception {
    assertFilled(
        Topics.DETECTIONS,
        Map.of(
            "warehouse", LocalFileIO.location(directory.resolve("rest").resolve("tables")),
            "io-impl", LocalFileIO.class.getName()));
  }

  /** An S3 that somebody has started; there is none in a usual build. */
  @Test
  void shouldFillTablesInAnObjectStore() throws Exception {
    String endpoint = System.getProperty(S3, "");
    if (endpoint.isEmpty()) {
      System.err.println("SKIPPED: tables in an object store: -D" + S3 + " names none");
    }
    assumeTrue(!endpoint.isEmpty(), "no object store is named");
    assertFilled(
        Topics.OVERFLOW_DETECTIONS,
        Map.of(
            "warehouse", "s3://skerry/tables",
            "io-impl", "org.apache.iceberg.aws.s3.S3FileIO",
            "s3.endpoint", endpoint,
            "s3.path-style-access", "true",
            "s3.access-key-id", "some-key",
            "s3.secret-access-key", "some-secret",
            "client.region", "eu-central-1"));
  }

  /**
   * Fills the table of a topic by two tasks.
   *
   * @param files where tables lie and how, as the catalog and its clients are told
   */
  @SuppressWarnings("FutureReturnValueIgnored") // What is missing is seen in the tables.
  private static void assertFilled(Topic topic, Map<String, String> files) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      AvroEncoder<Detection> encoder = new AvroEncoder<>(Detection.class);
      for (int i = 0; i < DETECTIONS; i++) {
        byte[] value = encoder.encode(CloudRecords.detection(i));
        producer.send(new ProducerRecord<>(topic.name(), i % topic.partitions(), null, value));
      }
    }
    Map<String, String> behind = new HashMap<>(files);
    behind.put("type", "jdbc");
    behind.put("jdbc.schema-version", "V1");
    behind.put("uri", "jdbc:sqlite:" + directory.resolve(topic.name() + ".db"));
    try (RestCatalogServer catalog = RestCatalogServer.start(behind)) {
      Map<String, String> settings = new HashMap<>();
      settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
      settings.put("warehouse.topics", topic.name());
      settings.put("warehouse.group", "in-a-rest-catalog-" + topic.name());
      settings.put("warehouse.tasks", "2");
      settings.put("warehouse.commit-interval", "PT1S");
      settings.put("warehouse.catalog.type", "rest");
      settings.put("warehouse.catalog.uri", catalog.url().toString());
      files.forEach((key, value) -> settings.put("warehouse.catalog.\"" + key + "\"", value));
      try (RunningWarehouse warehouse = RunningWarehouse.start(settings);
          WarehouseCatalog tables =
              WarehouseCatalog.open(
                  Settings.of(settings, WarehouseConfig.class).get(WarehouseConfig.class))) {
        String table = topic.name().replace('-', '_');
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(500))
            .until(
                () -> {
                  warehouse.requireAlive();
                  return tables.tables().contains(table)
                      && TestWarehouse.rows(tables.table(table)).size() >= DETECTIONS;
                });
        List<Record> rows = TestWarehouse.rows(tables.table(table));
        assertThat(rows).hasSize(DETECTIONS);
        assertThat(rows.stream().map(row -> row.getField("sequence"))).doesNotHaveDuplicates();
        assertThat(rows)
            .allSatisfy(
                row -> {
                  assertThat(row.getField("role")).isEqualTo("CHAMPION");
                  assertThat(row.getField("scores"))
                      .isEqualTo(Map.of("scratch", 0.4f, "clean", 0.6f));
                  assertThat(((Record) row.getField("source")).getField("topic"))
                      .isEqualTo("telemetry-frames");
                });
        assertThat(tables.table(table).location()).startsWith(files.get("warehouse"));
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What is missing is seen in the tables.
  private static void write() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
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

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private static <T extends SpecificRecord> void send(
      KafkaProducer<byte[], byte[]> producer, Topic topic, T record) {
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) record.getClass();
    producer.send(
        new ProducerRecord<>(topic.name(), new byte[] {1}, new AvroEncoder<>(type).encode(record)));
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
    settings.put("warehouse.directory", warehouse().toString());
    settings.put("warehouse.commit-interval", "PT1S");
    settings.put("warehouse.samples", "thumbnails");
    return settings;
  }

  private static Path warehouse() {
    return directory.resolve("warehouse");
  }

  private static void assertRows(RunningWarehouse running) throws Exception {
    try (Asking asking = Asking.of(TestWarehouse.config(warehouse()))) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                running.requireAlive();
                return hasRows(asking, "model_status", 1)
                    && hasRows(asking, "retraining_samples", 1)
                    && hasRows(asking, "aggregates", AGGREGATES);
              });
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

  /** A table is there a little before its first rows are. */
  private static boolean hasRows(Asking asking, String table, int rows) throws SQLException {
    return asking.hasTables(table) && asking.number("SELECT count(*) FROM " + table) >= rows;
  }

  private static void assertQuestions() throws Exception {
    List<String> questions = ReadyQuestions.ofTheGuide();
    assertThat(questions).hasSizeGreaterThanOrEqualTo(8);
    try (Asking asking = Asking.of(TestWarehouse.config(warehouse()))) {
      await()
          .atMost(PATIENCE)
          .until(() -> hasRows(asking, "completeness", 1) && hasRows(asking, "drift", 1));
      for (String question : questions) {
        assertThat(asking.rows(question)).as(question).isPositive();
      }
    }
  }

  private static void assertDeadLetters() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition letters = new TopicPartition(DeadLetterTopic.NAME, 0);
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
