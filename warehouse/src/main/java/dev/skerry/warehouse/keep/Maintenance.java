package dev.skerry.warehouse.keep;

import dev.skerry.warehouse.WarehouseConfig;
import dev.skerry.warehouse.catalog.WarehouseCatalog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes over all tables on a schedule: makes many small files few large ones, forgets snapshots that
 * nobody reads any more, and removes files that no snapshot knows. It writes to the tables beside
 * the connectors; Iceberg has one of the two try again where they meet. Thread-safe.
 */
public final class Maintenance implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Maintenance.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private final WarehouseCatalog catalog;
  private final WarehouseConfig.Maintenance config;
  private final MeterRegistry metrics;
  private final InstantSource clock;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "maintenance");
            thread.setDaemon(true);
            return thread;
          });

  public Maintenance(
      WarehouseCatalog catalog,
      WarehouseConfig.Maintenance config,
      MeterRegistry metrics,
      InstantSource clock) {
    this.catalog = catalog;
    this.config = config;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Begins; the first round comes after one interval. */
  public void start() {
    Duration interval = config.interval();
    if (!interval.isZero()) {
      var unused =
          schedule.scheduleWithFixedDelay(
              this::goOverAll, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** One round; a table that fails is named and left for the next round, as is the list of them. */
  public void goOverAll() {
    List<String> names;
    try {
      names = catalog.tables();
    } catch (RuntimeException e) {
      // What is thrown from here would end the schedule for good.
      log.warn(
          "The catalogue of tables does not answer, the upkeep is tried again in {}: {}",
          config.interval(),
          e.toString());
      return;
    }
    for (String name : names) {
      try {
        goOver(name);
      } catch (RuntimeException e) {
        if (schedule.isShutdown()) {
          return; // Cut off in the middle, and the table is as before.
        }
        metrics.counter("skerry_warehouse_maintenance_failures_total", "table", name).increment();
        log.warn("The upkeep of {} failed and is tried again in {}", name, config.interval(), e);
      }
    }
  }

  private void goOver(String name) {
    Table table = catalog.table(name);
    Instant now = clock.instant();
    Compaction.Done compacted =
        new Compaction(table, config.targetFileBytes(), config.minFiles()).run();
    table.refresh();
    int expired = new SnapshotExpiry(table, config.snapshotAge(), config.minSnapshots()).run(now);
    table.refresh();
    int orphans = new OrphanFiles(table, config.orphanAge()).remove(now);
    if (compacted.filesBefore() > 0 || orphans > 0) {
      log.info(
          "{}: {} files made {}, {} snapshots forgotten, {} orphans removed",
          name,
          compacted.filesBefore(),
          compacted.filesAfter(),
          expired,
          orphans);
    }
  }

  @Override
  public void close() {
    schedule.shutdownNow();
    try {
      if (!schedule.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("The upkeep of a table is cut off; the table is as before");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
