package dev.skerry.bench.prove.warehouse;

import dev.skerry.bench.process.BrokerProcess;
import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.prove.OpenTransactions;
import dev.skerry.local.site.WarehouseJars;
import dev.skerry.local.topic.TopicSetup;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.warehouse.WarehouseMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;

/** The cloud's broker with its topics, and the warehouse in a process of its own. */
final class WarehouseUnderTest implements AutoCloseable {

  /** More than in {@code ./skerry up}: as a worker in production would have. */
  private static final List<String> FAST = List.of("-Xmx768m", "-XX:+UseSerialGC", "-Xshare:auto");

  /** As in {@code ./skerry up}. */
  private static final List<String> QUICK_TO_START =
      List.of("-Xmx320m", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:TieredStopAtLevel=1");

  private static final String NAME = "warehouse";
  private static final String TABLE = "aggregates";
  private static final String CONTROL_TOPIC = "warehouse-control-" + Topics.AGGREGATES.name();
  private static final Pattern UPKEEP =
      Pattern.compile(TABLE + ": (\\d+) files made (\\d+), (\\d+) snapshots forgotten");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long PROBE_MILLIS = 200;

  private final Path directory;
  private final BrokerProcess broker;
  private final String registry;
  private final List<String> jvm;
  private final Admin admin;
  private Optional<RowReader> reader = Optional.empty();

  private WarehouseUnderTest(
      Path directory, BrokerProcess broker, String registry, List<String> jvm) {
    this.directory = directory;
    this.broker = broker;
    this.registry = registry;
    this.jvm = jvm;
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  /**
   * Starts the broker.
   *
   * @param isForSpeed whether the warehouse is to be fast in the long run, or quick to start
   */
  static WarehouseUnderTest start(Path directory, String registry, boolean isForSpeed)
      throws InterruptedException {
    List<String> jvm = isForSpeed ? FAST : QUICK_TO_START;
    WarehouseUnderTest started =
        new WarehouseUnderTest(directory, BrokerProcess.start(directory), registry, jvm);
    TopicSetup.ensure(started.admin, Side.CLOUD);
    return started;
  }

  /** Starts the warehouse where the one before left off. */
  ChildJvm warehouse() {
    Properties configuration = new Properties();
    configuration.put("kafka.bootstrap.servers", bootstrapServers());
    configuration.put("warehouse.directory", directory.resolve("tables").toString());
    configuration.put("warehouse.topics", Topics.AGGREGATES.name());
    configuration.put("warehouse.converter.\"schema.registry.url\"", registry);
    configuration.put("warehouse.converter.\"retries.max.wait.ms\"", "2000");
    configuration.put("warehouse.maintenance.interval", "PT10S");
    configuration.put("warehouse.maintenance.snapshot-age", "PT5S");
    return ChildJvm.start(
        NAME,
        directory,
        jvm,
        WarehouseJars.classPath(),
        WarehouseMain.class.getName(),
        configuration);
  }

  /** Somebody who asks; after the warehouse was started once. */
  RowReader reader() {
    RowReader asking =
        reader.orElseGet(
            () ->
                RowReader.start(
                    directory.resolve(NAME + ".properties"), directory.resolve("questions.log")));
    reader = Optional.of(asking);
    return asking;
  }

  /** Waits until rows come that were not there. */
  void awaitMoreRows(ChildJvm worker) throws InterruptedException {
    awaitRows(worker, reader().count(TABLE) + 1);
  }

  /** Waits until there are so many rows. */
  void awaitRows(ChildJvm worker, long rows) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (reader().count(TABLE) < rows) {
      worker.requireAlive();
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException("%d rows do not come".formatted(rows));
      }
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    }
  }

  /** What the tasks say to each other. */
  CommitWatch commits() throws InterruptedException {
    try {
      NewTopic control = new NewTopic(CONTROL_TOPIC, 1, (short) 1);
      admin.createTopics(List.of(control)).all().get();
      return new CommitWatch(bootstrapServers(), CONTROL_TOPIC);
    } catch (ExecutionException e) {
      throw new KafkaException("The control topic cannot be made", e);
    }
  }

  /** The data files that there are, those that no snapshot knows among them. */
  Set<Path> dataFiles() {
    Path tables = directory.resolve("tables");
    if (!Files.isDirectory(tables)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.walk(tables)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many transactions a frozen warehouse has left open; there are no others here. */
  int openTransactions() throws InterruptedException {
    return new OpenTransactions(admin, /* idPrefix= */ "").leftOpen();
  }

  /**
   * What the upkeep did beside the connector.
   *
   * @param files small files that were made fewer
   * @param filesAfter how many were made of these
   * @param snapshotsForgotten in the same rounds
   */
  public record Upkeep(long files, long filesAfter, long snapshotsForgotten) {}

  /** Of all processes so far, by what they said of it. */
  Upkeep upkeep() {
    long files = 0;
    long after = 0;
    long forgotten = 0;
    try {
      for (String line : Files.readAllLines(directory.resolve(NAME + ".log"))) {
        Matcher said = UPKEEP.matcher(line);
        if (said.find()) {
          files += Long.parseLong(said.group(1));
          after += Long.parseLong(said.group(2));
          forgotten += Long.parseLong(said.group(3));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Upkeep(files, after, forgotten);
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  @Override
  public void close() {
    reader.ifPresent(RowReader::close);
    admin.close();
    broker.close();
  }
}
