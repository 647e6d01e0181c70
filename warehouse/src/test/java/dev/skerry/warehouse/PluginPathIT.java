package dev.skerry.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.broker.KafkaNode;
import dev.skerry.broker.TopicCreation;
import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.warehouse.sink.ConnectorSettings;
import dev.skerry.warehouse.sink.SinkTable;
import dev.skerry.warehouse.sink.SinkTables;
import dev.skerry.warehouse.sql.Asking;
import dev.skerry.warehouse.watch.ConnectRest;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Connect cluster of somebody else, as Strimzi's: the warehouse's jars are a plug-in with a class
 * loader of its own, and the worker itself has none of them. Only with the profile s3, so that a
 * usual build has time for the rest.
 */
class PluginPathIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int RECORDS = 300;

  /** What Kafka's own Connect has not. */
  private static final Pattern PLUGINS_OWN =
      Pattern.compile(
          "(warehouse|schemas|service|broker|iceberg|parquet|avro|hadoop|orc|duckdb|sqlite"
              + "|debezium|caffeine|smallrye|micrometer)[-_].*");

  @TempDir Path directory;

  @Test
  void shouldFillATableFromAPluginWithAClassLoaderOfItsOwn() throws Exception {
    SinkTable table = SinkTables.of(List.of(Topics.AGGREGATES.name())).get(0);
    WarehouseConfig config = TestWarehouse.config(directory, "warehouse.commit-interval=PT1S");
    try (KafkaNode broker = KafkaNode.start(KafkaNode.Settings.of(directory.resolve("broker")));
        Asking asking = Asking.of(config);
        ConnectProcess worker =
            ConnectProcess.start(
                broker.bootstrapServers(),
                directory,
                classPathOfConnect(),
                Map.of("plugin.path", pluginPath().toString()))) {
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      write(kafka);
      worker.rest().put(table.connector(), new ConnectorSettings(config, kafka).of(table));
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                requireRunning(worker.rest());
                return asking.hasTables(table.table()) && rows(asking) >= RECORDS;
              });
      assertThat(rows(asking)).isEqualTo(RECORDS);
    }
  }

  private static String classPathOfConnect() {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(TestJvm.classPath())
        .map(Path::of)
        .filter(Files::isRegularFile)
        .filter(jar -> !PLUGINS_OWN.matcher(String.valueOf(jar.getFileName())).matches())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** A directory of plug-ins, of which one is the jars that are shipped. */
  private Path pluginPath() throws Exception {
    Path plugins = Files.createDirectories(directory.resolve("plugins"));
    Files.createSymbolicLink(
        plugins.resolve("skerry-warehouse"), Path.of("target", "lib").toRealPath());
    return plugins;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What is missing is seen in the table.
  private static void write(Map<String, Object> kafka) throws Exception {
    try (Admin admin = Admin.create(kafka);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
      TopicCreation.create(admin, List.of(Topics.AGGREGATES.newTopic(Side.CLOUD)));
      AvroEncoder<Aggregate> encoder = new AvroEncoder<>(Aggregate.class);
      for (int i = 0; i < RECORDS; i++) {
        byte[] value = encoder.encode(CloudRecords.aggregate(i));
        producer.send(new ProducerRecord<>(Topics.AGGREGATES.name(), value));
      }
    }
  }

  private static long rows(Asking asking) throws Exception {
    return asking.number("SELECT count(DISTINCT (kafkaPartition, kafkaOffset)) FROM aggregates");
  }

  private static void requireRunning(ConnectRest connect) throws Exception {
    for (ConnectRest.Status status : connect.statuses()) {
      assertThat(status.failedTasks()).as(status.toString()).isZero();
    }
  }
}
