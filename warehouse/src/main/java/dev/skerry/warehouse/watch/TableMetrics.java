package dev.skerry.warehouse.watch;

import dev.skerry.warehouse.catalog.WarehouseCatalog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many rows each table has, and since when: what the tables say of their current snapshots.
 * {@link #look} is called by one thread.
 */
public final class TableMetrics {

  private static final Logger log = LoggerFactory.getLogger(TableMetrics.class);
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final WarehouseCatalog catalog;
  private final InstantSource clock;
  private final MultiGauge rows;
  private final MultiGauge newest;
  private Instant nextLook = Instant.MIN;

  public TableMetrics(WarehouseCatalog catalog, MeterRegistry metrics, InstantSource clock) {
    this.catalog = catalog;
    this.clock = clock;
    this.rows =
        MultiGauge.builder("skerry.warehouse.rows")
            .description("Rows of a table, in its current snapshot")
            .register(metrics);
    this.newest =
        MultiGauge.builder("skerry.warehouse.newest.seconds")
            .description("When rows came last, in seconds since the epoch")
            .register(metrics);
  }

  /** Looks at all tables, where it is time to. */
  public void look() {
    Instant now = clock.instant();
    if (now.isBefore(nextLook)) {
      return;
    }
    nextLook = now.plus(INTERVAL);
    try {
      List<MultiGauge.Row<?>> counts = new ArrayList<>();
      List<MultiGauge.Row<?>> times = new ArrayList<>();
      for (String name : catalog.tables()) {
        Table table = catalog.table(name);
        Snapshot current = table.currentSnapshot();
        if (current != null) {
          counts.add(MultiGauge.Row.of(Tags.of("table", name), rows(current)));
          times.add(MultiGauge.Row.of(Tags.of("table", name), newestSeconds(table, current)));
        }
      }
      rows.register(counts, /* overwrite= */ true);
      newest.register(times, /* overwrite= */ true);
    } catch (RuntimeException e) {
      log.warn("The tables cannot be looked at and are asked again: {}", e.toString());
    }
  }

  private static long rows(Snapshot snapshot) {
    return number(snapshot, SnapshotSummary.TOTAL_RECORDS_PROP);
  }

  /** Upkeep makes snapshots too, which bring nothing. */
  private static double newestSeconds(Table table, Snapshot current) {
    Snapshot snapshot = current;
    while (rows(snapshot) > 0) {
      Snapshot before = snapshot.parentId() == null ? null : table.snapshot(snapshot.parentId());
      if (before == null || rows(before) < rows(snapshot)) {
        return snapshot.timestampMillis() / 1_000.0;
      }
      snapshot = before;
    }
    return 0;
  }

  private static long number(Snapshot snapshot, String property) {
    Map<String, String> summary = snapshot.summary();
    return summary == null ? 0 : Long.parseLong(summary.getOrDefault(property, "0"));
  }
}
