package dev.skerry.warehouse.keep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.warehouse.TestWarehouse;
import dev.skerry.warehouse.catalog.WarehouseCatalog;
import dev.skerry.warehouse.file.LocalFileIO;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {

  private static final long TARGET_BYTES = 1 << 20;

  @TempDir Path directory;
  private WarehouseCatalog catalog;
  private Table table;

  @BeforeEach
  void createTable() {
    catalog = WarehouseCatalog.open(TestWarehouse.config(directory));
    table = TestWarehouse.create(catalog, "aggregates");
  }

  @AfterEach
  void closeCatalog() {
    catalog.close();
  }

  @Test
  void shouldMakeSmallFilesOfAPartitionOneAndKeepEveryRowOnce() throws Exception {
    for (int i = 0; i < 4; i++) {
      TestWarehouse.append(table, "site-1", 10, i);
      TestWarehouse.append(table, "site-2", 5, i);
    }

    Compaction.Done done = new Compaction(table, TARGET_BYTES, 3).run();

    table.refresh();
    assertThat(done).isEqualTo(new Compaction.Done(8, 2));
    assertThat(TestWarehouse.files(table)).hasSize(2);
    assertThat(rows("site-1")).hasSize(40);
    assertThat(rows("site-2")).hasSize(20);
  }

  @Test
  void shouldLeaveAFewSmallFilesAlone() throws Exception {
    TestWarehouse.append(table, "site-1", 10, 1);
    TestWarehouse.append(table, "site-1", 10, 2);
    assertThat(new Compaction(table, TARGET_BYTES, 3).run().filesBefore()).isZero();
  }

  @Test
  void shouldFillColumnsThatAnOlderFileDoesNotHaveWithNothing() throws Exception {
    TestWarehouse.append(table, "site-1", 2, 1);
    table.updateSchema().addColumn("zone", Types.StringType.get()).commit();
    TestWarehouse.append(table, "site-1", 2, 2);

    new Compaction(table, TARGET_BYTES, 2).run();

    table.refresh();
    assertThat(rows("site-1")).hasSize(4).allMatch(row -> row.getField("zone") == null);
  }

  @Test
  void shouldForgetOldSnapshotsButNeverTheConnectorsLast() throws Exception {
    for (int i = 0; i < 4; i++) {
      TestWarehouse.append(table, "site-1", 1, i);
    }
    Snapshot connectors = table.currentSnapshot();
    new Compaction(table, TARGET_BYTES, 2).run();
    table.refresh();
    Instant later = Instant.now().plus(Duration.ofDays(1));

    int forgotten = new SnapshotExpiry(table, Duration.ofHours(1), 1).run(later);

    table.refresh();
    assertThat(forgotten).isEqualTo(3);
    assertThat(table.snapshot(connectors.snapshotId())).isNotNull();
    assertThat(table.currentSnapshot().parentId()).isEqualTo(connectors.snapshotId());
    assertThat(rows("site-1")).hasSize(4);
  }

  @Test
  void shouldForgetNothingThatIsYoung() throws Exception {
    for (int i = 0; i < 4; i++) {
      TestWarehouse.append(table, "site-1", 1, i);
    }
    assertThat(new SnapshotExpiry(table, Duration.ofHours(1), 1).run(Instant.now())).isZero();
  }

  @Test
  void shouldRemoveOldFilesThatNoSnapshotKnowsAndNoOthers() throws Exception {
    TestWarehouse.append(table, "site-1", 1, 1);
    String orphan = TestWarehouse.write(table, "site-1", 1).location();
    OrphanFiles orphans = new OrphanFiles(table, Duration.ofDays(3));

    assertThat(orphans.remove(Instant.now())).isZero();
    assertThat(orphans.remove(Instant.now().plus(Duration.ofDays(4)))).isEqualTo(1);

    assertThat(LocalFileIO.path(orphan)).doesNotExist();
    assertThat(rows("site-1")).hasSize(1);
    assertThat(TestWarehouse.files(table)).allMatch(file -> Files.exists(LocalFileIO.path(file)));
  }

  private List<Record> rows(String site) throws Exception {
    List<Record> rows = new ArrayList<>();
    try (CloseableIterable<Record> all = IcebergGenerics.read(table).build()) {
      all.forEach(rows::add);
    }
    rows.removeIf(row -> !site.equals(row.getField("siteId")));
    return rows;
  }
}
