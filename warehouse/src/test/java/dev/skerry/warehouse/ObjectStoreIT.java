package dev.skerry.warehouse;

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
import dev.skerry.warehouse.sql.Asking;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables in an object store with S3's interface, listed in a REST catalog: through a kill of the
 * worker, an outage of the store, and upkeep. Only with the profile s3, which has the client.
 */
class ObjectStoreIT {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Topic TOPIC = Topics.OVERFLOW_DETECTIONS;
  private static final String TABLE = "overflow_detections";
  private static final int RECORDS = 6_000;
  private static final int SITES = 3;

  @TempDir Path directory;

  @Test
  void shouldHaveARowForEachRecordThroughAKillAndAnOutageOfTheStore() throws Exception {
    if (S3Server.jar().isEmpty()) {
      System.err.println("SKIPPED: tables in an object store: they need the profile s3");
    }
    assumeTrue(S3Server.jar().isPresent(), "not with the profile s3");
    try (KafkaNode broker = KafkaNode.start(KafkaNode.Settings.of(directory.resolve("broker")));
        S3Server store = S3Server.start(S3Server.jar().orElseThrow(), directory);
        RestCatalogServer catalog = RestCatalogServer.start(behind(store))) {
      createTopic(broker);
      Map<String, String> settings = settings(broker, store, catalog);
      WarehouseConfig config =
          Settings.of(settings, WarehouseConfig.class).get(WarehouseConfig.class);
      try (Asking asking = Asking.of(config)) {
        killOnce(broker, settings, asking);
        try (WarehouseProcess worker = WarehouseProcess.start(settings, directory)) {
          awaitRows(worker, asking, 2 * RECORDS);
          store.goAway();
          write(broker, 2 * RECORDS, 3 * RECORDS);
          store.comeBack(); // It takes seconds, which are several commits.
          awaitRows(worker, asking, 3 * RECORDS);
          awaitFewFiles(worker, config);
          assertEachOnce(asking, 3 * RECORDS);
        }
      }
    }
  }

  private Map<String, String> behind(S3Server store) {
    Map<String, String> properties = new HashMap<>(store.properties());
    properties.put("type", "jdbc");
    properties.put("jdbc.schema-version", "V1");
    properties.put("uri", "jdbc:sqlite:" + directory.resolve("catalog.db"));
    return properties;
  }

  private static Map<String, String> settings(
      KafkaNode broker, S3Server store, RestCatalogServer catalog) {
    Map<String, String> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
    settings.put("warehouse.topics", TOPIC.name());
    settings.put("warehouse.tasks", "2");
    settings.put("warehouse.commit-interval", "PT1S");
    settings.put("warehouse.watchdog.interval", "PT0.5S");
    settings.put("warehouse.watchdog.max-back-off", "PT4S");
    settings.put("warehouse.maintenance.interval", "PT2S");
    settings.put("warehouse.maintenance.min-files", "2");
    settings.put("warehouse.maintenance.snapshot-age", "PT1S");
    settings.put("warehouse.catalog.type", "rest");
    settings.put("warehouse.catalog.uri", catalog.url().toString());
    settings.put("warehouse.catalog.\"s3.retry.num-retries\"", "1");
    store
        .properties()
        .forEach((key, value) -> settings.put("warehouse.catalog.\"" + key + "\"", value));
    return settings;
  }

  private static void createTopic(KafkaNode broker) throws Exception {
    TopicCreation.create(broker.bootstrapServers(), List.of(TOPIC.newTopic(Side.CLOUD)));
  }

  private void killOnce(KafkaNode broker, Map<String, String> settings, Asking asking)
      throws Exception {
    write(broker, 0, RECORDS);
    try (WarehouseProcess worker = WarehouseProcess.start(settings, directory)) {
      awaitRows(worker, asking, 1);
      write(broker, RECORDS, 2 * RECORDS);
      worker.kill();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What is missing is seen in the table.
  private static void write(KafkaNode broker, int from, int toExclusive) {
    AvroEncoder<Detection> encoder = new AvroEncoder<>(Detection.class);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = from; i < toExclusive; i++) {
        byte[] value = encoder.encode(CloudRecords.detection(i));
        producer.send(new ProducerRecord<>(TOPIC.name(), i % TOPIC.partitions(), null, value));
      }
    }
  }

  private static void awaitRows(WarehouseProcess worker, Asking asking, int rows) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              worker.requireAlive();
              return asking.hasTables(TABLE)
                  && asking.number("SELECT count(*) FROM " + TABLE) >= rows;
            });
  }

  /** One for each site: all records are of one day. */
  private static void awaitFewFiles(WarehouseProcess worker, WarehouseConfig config)
      throws Exception {
    try (WarehouseCatalog tables = WarehouseCatalog.open(config)) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                worker.requireAlive();
                return TestWarehouse.files(tables.table(TABLE)).size() == SITES;
              });
      assertThat(TestWarehouse.files(tables.table(TABLE)))
          .allMatch(file -> file.startsWith("s3://" + S3Server.BUCKET + "/tables/"));
    }
  }

  private static void assertEachOnce(Asking asking, int records) throws Exception {
    assertThat(asking.number("SELECT count(*) FROM " + TABLE)).isEqualTo(records);
    assertThat(asking.number("SELECT count(DISTINCT sequence) FROM " + TABLE)).isEqualTo(records);
    assertThat(asking.number("SELECT count(DISTINCT (kafkaPartition, kafkaOffset)) FROM " + TABLE))
        .isEqualTo(records);
  }
}
