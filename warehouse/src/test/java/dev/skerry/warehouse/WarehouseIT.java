package dev.skerry.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
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
          Topics.DETECTIONS);

  private static final int DETECTIONS = 200;
  private static final int SITES = 3;

  @TempDir private static Path directory;
  private static KafkaNode broker;

  @BeforeAll
  static void start() throws Exception {
    broker = KafkaNode.start(KafkaNode.Settings.of(directory.resolve("broker")));
    TopicCreation.create(
        broker.bootstrapServers(),
        TOPICS.stream().map(topic -> topic.newTopic(Side.CLOUD)).toList());
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
      assertPartitions();
      assertQuestions();
      assertDeadLetters();
      assertTasksRun(warehouse);
      assertThat(warehouse.observability().health().readinessProblems()).isEmpty();
    }
  }

  /** Not before a task has failed and was restarted does the catalog come back. */
  @Test
  void shouldFillTablesOfARestCatalogWithSeveralTasksThoughItGoesAway() throws Exception {
    writeDetections(0, DETECTIONS / 2);
    String location = LocalFileIO.location(directory.resolve("rest").resolve("tables"));
    Map<String, String> files =
        Map.of("warehouse", location, "io-impl", LocalFileIO.class.getName());
    Map<String, String> behind = new HashMap<>(files);
    behind.put("type", "jdbc");
    behind.put("jdbc.schema-version", "V1");
    behind.put("uri", "jdbc:sqlite:" + directory.resolve("rest.db"));
    try (RestCatalogServer catalog = RestCatalogServer.start(behind)) {
      Map<String, String> settings = settings(catalog, files);
      try (RunningWarehouse warehouse = RunningWarehouse.start(settings);
          WarehouseCatalog tables =
              WarehouseCatalog.open(
                  Settings.of(settings, WarehouseConfig.class).get(WarehouseConfig.class))) {
        awaitDetections(warehouse, tables, DETECTIONS / 2);
        catalog.goAway();
        writeDetections(DETECTIONS / 2, DETECTIONS);
        awaitRestart(warehouse);
        catalog.comeBack();
        awaitDetections(warehouse, tables, DETECTIONS);
        awaitUpkeep(tables);
        assertDetections(tables.table(Topics.DETECTIONS.name()), location);
      }
    }
  }

  /** One file for each site, and what the connector has noted of its offsets is not forgotten. */
  private static void awaitUpkeep(WarehouseCatalog tables) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Table table = tables.table(Topics.DETECTIONS.name());
              assertThat(TestWarehouse.files(table)).hasSize(SITES);
              // The last compaction of each partition, and before these the connector's last.
              assertThat(table.snapshots())
                  .hasSizeLessThanOrEqualTo(SITES + 1)
                  .anyMatch(
                      snapshot ->
                          snapshot.summary().keySet().stream()
                              .anyMatch(key -> key.startsWith("kafka.connect.offsets.")));
            });
  }

  private static Map<String, String> settings(
      RestCatalogServer catalog, Map<String, String> files) {
    Map<String, String> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
    settings.put("warehouse.topics", Topics.DETECTIONS.name());
    settings.put("warehouse.group", "in-a-rest-catalog");
    settings.put("warehouse.tasks", "2");
    settings.put("warehouse.commit-interval", "PT1S");
    settings.put("warehouse.watchdog.interval", "PT0.2S");
    settings.put("warehouse.watchdog.back-off", "PT0.2S");
    settings.put("warehouse.watchdog.max-back-off", "PT1S");
    settings.put("warehouse.maintenance.interval", "PT0.5S");
    settings.put("warehouse.maintenance.min-files", "2");
    settings.put("warehouse.maintenance.snapshot-age", "PT0.1S");
    settings.put("warehouse.maintenance.min-snapshots", "1");
    settings.put("warehouse.catalog.type", "rest");
    settings.put("warehouse.catalog.uri", catalog.url().toString());
    files.forEach((key, value) -> settings.put("warehouse.catalog.\"" + key + "\"", value));
    return settings;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What is missing is seen in the tables.
  private static void writeDetections(int from, int toExclusive) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      AvroEncoder<Detection> encoder = new AvroEncoder<>(Detection.class);
      for (int i = from; i < toExclusive; i++) {
        byte[] value = encoder.encode(CloudRecords.detection(i));
        int partition = i % Topics.DETECTIONS.partitions();
        producer.send(new ProducerRecord<>(Topics.DETECTIONS.name(), partition, null, value));
      }
    }
  }

  private static void awaitDetections(
      RunningWarehouse warehouse, WarehouseCatalog tables, int rows) {
    String table = Topics.DETECTIONS.name();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              warehouse.requireAlive();
              return tables.tables().contains(table)
                  && TestWarehouse.rows(tables.table(table)).size() >= rows;
            });
  }

  private static void awaitRestart(RunningWarehouse warehouse) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              warehouse.requireAlive();
              Counter restarts =
                  warehouse
                      .observability()
                      .metrics()
                      .find("skerry_warehouse_restarts_total")
                      .counter();
              return restarts != null && restarts.count() > 0;
            });
  }

  private static void assertDetections(Table table, String location) throws Exception {
    List<Record> rows = TestWarehouse.rows(table);
    assertThat(rows).hasSize(DETECTIONS);
    assertThat(rows.stream().map(row -> row.getField("sequence"))).doesNotHaveDuplicates();
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.getField("role")).isEqualTo("CHAMPION");
              assertThat(row.getField("scores")).isEqualTo(Map.of("scratch", 0.4f, "clean", 0.6f));
              assertThat(((Record) row.getField("source")).getField("topic"))
                  .isEqualTo("telemetry-frames");
            });
    assertThat(table.location()).startsWith(location);
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
    settings.put("warehouse.watchdog.interval", "PT0.5S");
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

  private static void assertPartitions() {
    try (WarehouseCatalog tables = WarehouseCatalog.open(TestWarehouse.config(warehouse()))) {
      Map.of(
              "aggregates", "windowStart",
              "model_status", "changedAt",
              "retraining_samples", "eventTime")
          .forEach(
              (table, day) ->
                  assertThat(tables.table(table).spec().fields())
                      .extracting(field -> field.name() + " " + field.transform())
                      .containsExactly(day + "_day day", "siteId identity"));
    }
  }

  private static void assertTasksRun(RunningWarehouse warehouse) {
    int connectors = TestWarehouse.config(warehouse()).topics().size();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        warehouse
                            .observability()
                            .metrics()
                            .find("skerry.warehouse.tasks")
                            .tag("state", "running")
                            .gauges()
                            .stream()
                            .mapToDouble(Gauge::value)
                            .sum())
                    .isEqualTo(connectors));
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
