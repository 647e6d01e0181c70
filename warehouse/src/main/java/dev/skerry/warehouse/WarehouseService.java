package dev.skerry.warehouse;

import dev.skerry.service.ConfigException;
import dev.skerry.service.Observability;
import dev.skerry.service.Service;
import dev.skerry.service.Settings;
import dev.skerry.warehouse.catalog.WarehouseCatalog;
import dev.skerry.warehouse.keep.Maintenance;
import dev.skerry.warehouse.sink.ConnectorSettings;
import dev.skerry.warehouse.sink.DeadLetterTopic;
import dev.skerry.warehouse.sink.SinkTable;
import dev.skerry.warehouse.sink.SinkTables;
import dev.skerry.warehouse.watch.ConnectRest;
import dev.skerry.warehouse.watch.TableMetrics;
import dev.skerry.warehouse.watch.Watchdog;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The warehouse: the list of tables, the topics that the connectors need, a Kafka Connect worker
 * with a connector for each topic, a watchdog over its tasks, and the upkeep of the tables. Where
 * somebody else runs Kafka Connect, the last two alone.
 */
public final class WarehouseService implements Service {

  private static final Logger log = LoggerFactory.getLogger(WarehouseService.class);

  private final WarehouseConfig config;
  private final Map<String, Object> kafka;
  private final Observability observability;
  private final List<SinkTable> tables;
  private final WarehouseCatalog catalog;
  private final Maintenance maintenance;
  private final CountDownLatch stopRequested = new CountDownLatch(1);

  private WarehouseService(
      WarehouseConfig config,
      Map<String, Object> kafka,
      Observability observability,
      List<SinkTable> tables) {
    this.config = config;
    this.kafka = kafka;
    this.observability = observability;
    this.tables = tables;
    this.catalog = WarehouseCatalog.open(config);
    this.maintenance =
        new Maintenance(
            catalog, config.maintenance(), observability.metrics(), InstantSource.system());
  }

  /** As the settings say. */
  public static WarehouseService create(Settings settings, Observability observability) {
    WarehouseConfig config = settings.get(WarehouseConfig.class);
    if (config.catalog().isEmpty() && config.tasks() != 1) {
      throw new ConfigException(
          "warehouse.tasks is "
              + config.tasks()
              + ": SQLite takes one task; set warehouse.catalog to one that takes several");
    }
    return new WarehouseService(
        config, settings.kafka().admin(Map.of()), observability, SinkTables.of(config.topics()));
  }

  @Override
  public void run() throws Exception {
    Optional<URI> elsewhere = config.connectUrl();
    if (elsewhere.isPresent()) {
      watch(new ConnectRest(elsewhere.get()), Optional.empty());
      return;
    }
    ensureDeadLetters();
    if (stopRequested.getCount() == 0) {
      return;
    }
    try (ConnectWorker worker = ConnectWorker.start(config, kafka)) {
      ConnectRest connect = new ConnectRest(worker.url());
      putConnectors(connect);
      watch(connect, Optional.of(worker));
    }
  }

  private void ensureDeadLetters() throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(kafka)) {
      DeadLetterTopic.ensure(admin, config.replicationFactor());
    }
  }

  private void putConnectors(ConnectRest connect) throws IOException, InterruptedException {
    ConnectorSettings settings = new ConnectorSettings(config, kafka);
    for (SinkTable table : tables) {
      connect.put(table.connector(), settings.of(table));
    }
    for (ConnectRest.Status status : connect.statuses()) {
      boolean isOurs = status.name().startsWith(SinkTable.CONNECTOR_PREFIX);
      if (isOurs && tables.stream().noneMatch(table -> table.connector().equals(status.name()))) {
        log.info("{} is not configured any more and is taken away", status.name());
        connect.delete(status.name());
      }
    }
    log.info("The tables of {} are kept in {}", config.topics(), catalog.location());
  }

  private void watch(ConnectRest connect, Optional<ConnectWorker> worker) throws Exception {
    Watchdog watchdog =
        new Watchdog(
            connect,
            config.watchdog(),
            observability.metrics(),
            observability.health(),
            InstantSource.system());
    TableMetrics sizes = new TableMetrics(catalog, observability.metrics(), InstantSource.system());
    maintenance.start();
    Duration interval = config.watchdog().interval();
    while (!stopRequested.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
      if (worker.isPresent() && worker.get().hasEnded()) {
        worker.get().awaitEnd();
        throw new IllegalStateException("Kafka Connect's worker has ended by itself");
      }
      watchdog.look();
      sizes.look();
    }
  }

  @Override
  public void stop() {
    stopRequested.countDown();
  }

  @Override
  public void close() {
    maintenance.close();
    catalog.close();
  }
}
