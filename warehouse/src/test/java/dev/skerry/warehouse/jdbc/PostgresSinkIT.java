package dev.skerry.warehouse.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.broker.KafkaNode;
import dev.skerry.broker.TopicCreation;
import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.warehouse.CloudRecords;
import dev.skerry.warehouse.ConnectProcess;
import dev.skerry.warehouse.TestWarehouse;
import dev.skerry.warehouse.WarehouseConfig;
import dev.skerry.warehouse.catalog.WarehouseCatalog;
import dev.skerry.warehouse.file.LocalFileIO;
import dev.skerry.warehouse.watch.ConnectRest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The connector of the guide against a PostgreSQL of this machine, through a kill of the worker.
 */
class PostgresSinkIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int RECORDS = 4_000;
  private static final String NAME = "aggregates-to-postgres";

  private static TestPostgres postgres;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> programs = TestPostgres.installed();
    if (programs.isEmpty()) {
      System.err.println("SKIPPED: PostgreSQL is not installed: apt-get install postgresql");
    }
    assumeTrue(programs.isPresent(), "PostgreSQL is not installed");
    postgres = TestPostgres.start(programs.orElseThrow());
  }

  @AfterAll
  static void stop() throws IOException {
    if (postgres != null) {
      postgres.close();
    }
  }

  /** The other way to use it: as the list of Iceberg's tables. */
  @Test
  void shouldListTablesForSeveralWhoWrite() throws Exception {
    WarehouseConfig config =
        TestWarehouse.config(
            directory,
            "warehouse.catalog.type=jdbc",
            "warehouse.catalog.uri=" + postgres.url(),
            "warehouse.catalog.\"jdbc.user\"=" + TestPostgres.USER,
            "warehouse.catalog.\"jdbc.schema-version\"=V1",
            "warehouse.catalog.warehouse=" + LocalFileIO.location(directory.resolve("tables")),
            "warehouse.catalog.io-impl=" + LocalFileIO.class.getName());
    try (WarehouseCatalog one = WarehouseCatalog.open(config);
        WarehouseCatalog other = WarehouseCatalog.open(config)) {
      Table first = TestWarehouse.create(one, "drift");
      Table second = other.table("drift");
      TestWarehouse.append(first, "site-1", 3, 1);
      TestWarehouse.append(second, "site-2", 4, 2);
      assertThat(TestWarehouse.rows(other.table("drift"))).hasSize(7);
      assertThat(postgres.number("SELECT count(*) FROM iceberg_tables")).isEqualTo(1);
    }
  }

  @Test
  void shouldHaveARowForEachRecordThroughAKillOfTheWorker() throws Exception {
    try (KafkaNode broker = KafkaNode.start(KafkaNode.Settings.of(directory.resolve("broker")))) {
      createTopic(broker.bootstrapServers());
      write(broker.bootstrapServers(), 0, RECORDS / 2);
      try (ConnectProcess worker = ConnectProcess.start(broker.bootstrapServers(), directory)) {
        worker.rest().put(NAME, connector());
        awaitRows(worker.rest(), 1);
        worker.kill();
      }
      write(broker.bootstrapServers(), RECORDS / 2, RECORDS);
      try (ConnectProcess worker = ConnectProcess.start(broker.bootstrapServers(), directory)) {
        awaitRows(worker.rest(), RECORDS);
        assertEachOnce();
      }
    }
  }

  private static void createTopic(String bootstrapServers) throws Exception {
    TopicCreation.create(bootstrapServers, List.of(Topics.AGGREGATES.newTopic(Side.CLOUD)));
  }

  /** Records of these numbers, and one that nobody can read. */
  private static void write(String bootstrapServers, int from, int toExclusive) {
    AvroEncoder<Aggregate> encoder = new AvroEncoder<>(Aggregate.class);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      send(producer, from, "poison".getBytes(UTF_8));
      for (int i = from; i < toExclusive; i++) {
        send(producer, i, encoder.encode(CloudRecords.aggregate(i)));
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What is missing is seen in the table.
  private static void send(KafkaProducer<byte[], byte[]> producer, int number, byte[] value) {
    int partition = number % Topics.AGGREGATES.partitions();
    producer.send(new ProducerRecord<>(Topics.AGGREGATES.name(), partition, null, value));
  }

  /** The guide's, with this database in place of the guide's, in batches that a kill can cut. */
  private static Map<String, String> connector() throws IOException {
    Matcher block =
        Pattern.compile("```json\n(\\{[^`]*JdbcSinkConnector[^`]*})\n```")
            .matcher(Files.readString(Path.of("..", "docs", "warehouse.md")));
    assertThat(block.find()).isTrue();
    Map<String, String> settings =
        new ObjectMapper().readValue(block.group(1), new TypeReference<>() {});
    assertThat(settings).containsKeys("connection.url", "connection.username");
    settings.put("connection.url", postgres.url());
    settings.put("connection.username", TestPostgres.USER);
    settings.put("errors.deadletterqueue.topic.replication.factor", "1");
    settings.put("consumer.override.max.poll.records", "50");
    return settings;
  }

  private static void awaitRows(ConnectRest connect, long rows) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              requireRunning(connect);
              return rows() >= rows;
            });
  }

  private static void requireRunning(ConnectRest connect) throws Exception {
    for (ConnectRest.Status status : connect.statuses()) {
      assertThat(status.failedTasks()).as(status.toString()).isZero();
    }
  }

  private static long rows() throws SQLException {
    boolean isThere =
        postgres.number("SELECT count(*) FROM pg_tables WHERE tablename = 'aggregates'") > 0;
    return isThere ? postgres.number("SELECT count(*) FROM aggregates") : 0;
  }

  private static void assertEachOnce() throws SQLException {
    assertThat(rows()).isEqualTo(RECORDS);
    assertThat(
            postgres.number(
                "SELECT count(DISTINCT (__connect_partition, __connect_offset)) FROM aggregates"))
        .isEqualTo(RECORDS);
    assertThat(postgres.number("SELECT sum(count) FROM aggregates"))
        .isEqualTo(100L * RECORDS + (RECORDS - 1L) * RECORDS / 2);
  }
}
