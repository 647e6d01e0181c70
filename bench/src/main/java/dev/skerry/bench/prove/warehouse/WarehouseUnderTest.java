package dev.skerry.bench.prove.warehouse;

import dev.skerry.bench.process.BrokerProcess;
import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.prove.OpenTransactions;
import dev.skerry.local.site.WarehouseJars;
import dev.skerry.local.topic.TopicSetup;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.warehouse.WarehouseMain;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;

/** The cloud's broker with its topics, and the warehouse in a process of its own. */
final class WarehouseUnderTest implements AutoCloseable {

  /** More than in {@code ./skerry up}: as a worker in production would have. */
  private static final List<String> JVM = List.of("-Xmx768m", "-XX:+UseSerialGC", "-Xshare:auto");

  private static final String NAME = "warehouse";

  private final Path directory;
  private final BrokerProcess broker;
  private final String registry;
  private final Admin admin;

  private WarehouseUnderTest(Path directory, BrokerProcess broker, String registry) {
    this.directory = directory;
    this.broker = broker;
    this.registry = registry;
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  static WarehouseUnderTest start(Path directory, String registry) throws InterruptedException {
    WarehouseUnderTest started =
        new WarehouseUnderTest(directory, BrokerProcess.start(directory), registry);
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
        JVM,
        WarehouseJars.classPath(),
        WarehouseMain.class.getName(),
        configuration);
  }

  /** Somebody who asks; after the warehouse was started once. */
  RowReader reader() {
    return RowReader.start(
        directory.resolve(NAME + ".properties"), directory.resolve("questions.log"));
  }

  /** How many transactions a frozen warehouse has left open; there are no others here. */
  int openTransactions() throws InterruptedException {
    return new OpenTransactions(admin, /* idPrefix= */ "").leftOpen();
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
