package dev.skerry.warehouse.keep;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Forgets old snapshots, and with them files that only they know, but never the last one in which
 * the connector has noted how far it is: without it, it would take files for new that are in the
 * table already.
 */
final class SnapshotExpiry {

  /** Before the names under which Iceberg's connector notes its offsets. */
  static final String CONNECTOR_OFFSETS = "kafka.connect.offsets.";

  private final Table table;
  private final Duration age;
  private final int minSnapshots;

  SnapshotExpiry(Table table, Duration age, int minSnapshots) {
    this.table = table;
    this.age = age;
    this.minSnapshots = minSnapshots;
  }

  /** Returns how many were forgotten. */
  int run(Instant now) {
    Snapshot current = table.currentSnapshot();
    if (current == null) {
      return 0;
    }
    long olderThan = now.minus(age).toEpochMilli();
    List<Snapshot> newestFirst = new ArrayList<>();
    SnapshotUtil.ancestorsOf(current.snapshotId(), table::snapshot).forEach(newestFirst::add);
    int keep = Math.max(Math.max(1, minSnapshots), connectorsLast(newestFirst) + 1);
    boolean isAnyOld =
        newestFirst.stream()
            .skip(keep)
            .anyMatch(snapshot -> snapshot.timestampMillis() < olderThan);
    if (!isAnyOld) {
      return 0;
    }
    int before = count();
    table.expireSnapshots().expireOlderThan(olderThan).retainLast(keep).commit();
    table.refresh();
    return before - count();
  }

  /** Where among them it is; the last where there is none, so that none is forgotten. */
  private static int connectorsLast(List<Snapshot> newestFirst) {
    for (int i = 0; i < newestFirst.size(); i++) {
      boolean hasOffsets =
          newestFirst.get(i).summary().keySet().stream()
              .anyMatch(name -> name.startsWith(CONNECTOR_OFFSETS));
      if (hasOffsets) {
        return i;
      }
    }
    return newestFirst.size() - 1;
  }

  private int count() {
    int count = 0;
    for (Snapshot ignored : table.snapshots()) {
      count++;
    }
    return count;
  }
}
