package dev.skerry.warehouse.sink;

import dev.skerry.schemas.topic.Topics;
import dev.skerry.warehouse.WarehouseConfig;
import dev.skerry.warehouse.catalog.WarehouseCatalog;
import dev.skerry.warehouse.convert.SkerryAvroConverter;
import dev.skerry.warehouse.sample.SampleColumns;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration of one connector, with what exactly once and no loss rest on. The reasons are
 * in {@code docs/warehouse.md}.
 */
public final class ConnectorSettings {

  /** Columns that say where a row comes from. */
  public static final String PARTITION_COLUMN = "kafkaPartition";

  public static final String OFFSET_COLUMN = "kafkaOffset";
  public static final String TIME_COLUMN = "kafkaTime";

  private static final String TRANSACTION_TIMEOUT_MILLIS = "10000";
  private static final String SESSION_TIMEOUT_MILLIS = "10000";
  private static final String MAX_POLL_INTERVAL_MILLIS = "86400000";

  private final WarehouseConfig config;
  private final Map<String, ?> kafka;

  /**
   * Of connectors that belong together.
   *
   * @param kafka how Kafka is reached, security included
   */
  public ConnectorSettings(WarehouseConfig config, Map<String, ?> kafka) {
    this.config = config;
    this.kafka = Map.copyOf(kafka);
  }

  /** Those of the connector that fills a table. */
  public Map<String, String> of(SinkTable table) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("name", table.connector());
    settings.put("connector.class", WarehouseSink.class.getName());
    settings.put("tasks.max", Integer.toString(config.tasks()));
    settings.put("topics", table.topic().name());
    putConversion(table, settings);
    putTransforms(table, settings);
    putErrors(settings);
    putConsumer(table, settings);
    putTable(table, settings);
    putCommits(table, settings);
    return settings;
  }

  private void putConversion(SinkTable table, Map<String, String> settings) {
    settings.put("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    settings.put("value.converter", SkerryAvroConverter.class.getName());
    config.converter().forEach((key, value) -> settings.put("value.converter." + key, value));
    settings.put("value.converter." + SkerryAvroConverter.RECORD_NAME, table.recordName());
  }

  private void putTransforms(SinkTable table, Map<String, String> settings) {
    String position = "transforms.position.";
    settings.put(position + "type", "org.apache.kafka.connect.transforms.InsertField$Value");
    settings.put(position + "partition.field", PARTITION_COLUMN);
    settings.put(position + "offset.field", OFFSET_COLUMN);
    settings.put(position + "timestamp.field", TIME_COLUMN);
    if (table.topic().equals(Topics.RETRAINING_SAMPLES)) {
      settings.put("transforms", "sample,position");
      settings.put("transforms.sample.type", SampleColumns.class.getName());
      settings.put(
          "transforms.sample." + SampleColumns.CONTENT,
          config.samples().name().toLowerCase(Locale.ROOT));
    } else {
      settings.put("transforms", "position");
    }
  }

  /** What cannot become a row goes aside; what only cannot yet (a registry is away) waits. */
  private void putErrors(Map<String, String> settings) {
    settings.put("errors.tolerance", "all");
    settings.put("errors.retry.timeout", "-1");
    settings.put("errors.retry.delay.max.ms", "2000");
    settings.put("errors.deadletterqueue.topic.name", DeadLetterTopic.NAME);
    settings.put("errors.deadletterqueue.context.headers.enable", "true");
    settings.put(
        "errors.deadletterqueue.topic.replication.factor",
        Short.toString(config.replicationFactor()));
    settings.put("errors.log.enable", "true");
    settings.put("errors.log.include.messages", "false");
  }

  private void putConsumer(SinkTable table, Map<String, String> settings) {
    String consumer = "consumer.override.";
    // The mirror and the services write in transactions.
    settings.put(consumer + "isolation.level", "read_committed");
    settings.put(consumer + "auto.offset.reset", "earliest");
    settings.put(consumer + "max.poll.records", "2000");
    // A task that waits for a registry does not poll, and keeps its partitions all the same.
    settings.put(consumer + "max.poll.interval.ms", MAX_POLL_INTERVAL_MILLIS);
    putMembership(consumer, table, settings);
  }

  /** After a kill a task goes on at once, or when Kafka has given up the one before. */
  private void putMembership(String prefix, SinkTable table, Map<String, String> settings) {
    settings.put(prefix + "session.timeout.ms", SESSION_TIMEOUT_MILLIS);
    if (config.tasks() == 1) {
      settings.put(prefix + "group.instance.id", table.connector());
    }
  }

  private void putTable(SinkTable table, Map<String, String> settings) {
    WarehouseCatalog.properties(config)
        .forEach((key, value) -> settings.put("iceberg.catalog." + key, value));
    settings.put("iceberg.catalog", WarehouseCatalog.NAME);
    settings.put("iceberg.tables", config.namespace() + "." + table.table());
    settings.put("iceberg.tables.auto-create-enabled", "true");
    settings.put("iceberg.tables.evolve-schema-enabled", "true");
    // A newer record may lack a field: its column must not insist.
    settings.put("iceberg.tables.schema-force-optional", "true");
    settings.put("iceberg.tables.default-partition-by", table.partitionBy());
    String created = "iceberg.tables.auto-create-props.";
    settings.put(created + "write.parquet.compression-codec", "zstd");
    settings.put(created + "write.metadata.delete-after-commit.enabled", "true");
    settings.put(created + "write.metadata.previous-versions-max", "20");
    // No names of sites in paths: they may be long, and are no patterns for those who read.
    settings.put(created + "write.object-storage.enabled", "true");
    settings.put(created + "write.object-storage.partitioned-paths", "false");
  }

  private void putCommits(SinkTable table, Map<String, String> settings) {
    settings.put("iceberg.control.topic", table.controlTopic());
    settings.put("iceberg.control.group-id-prefix", table.controlGroups());
    settings.put(
        "iceberg.coordinator.transactional.prefix",
        config.group() + "-" + table.topic().name() + "-");
    settings.put(WarehouseSink.CONTROL_REPLICATION, Short.toString(config.replicationFactor()));
    settings.put(
        "iceberg.control.commit.interval-ms", Long.toString(config.commitInterval().toMillis()));
    settings.put(
        "iceberg.control.commit.timeout-ms", Long.toString(config.commitTimeout().toMillis()));
    settings.put("iceberg.control.commit.threads", "1");
    String client = "iceberg.kafka.";
    kafka.forEach((key, value) -> settings.put(client + key, value.toString()));
    // A task that dies within a transaction and does not come back holds up the others for so long.
    settings.put(client + "transaction.timeout.ms", TRANSACTION_TIMEOUT_MILLIS);
    putMembership(client, table, settings);
  }
}
