package dev.skerry.warehouse.keep;

import dev.skerry.warehouse.file.LocalFileIO;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Data files that no snapshot knows: a task that is killed leaves what it was writing. They are
 * removed once they are so old that nobody can still be about to commit them. Local tables alone;
 * an object store has tools of its own for that.
 */
final class OrphanFiles {

  private final Table table;
  private final Duration age;

  OrphanFiles(Table table, Duration age) {
    this.table = table;
    this.age = age;
  }

  /** Returns how many were removed. */
  int remove(Instant now) {
    Path data = LocalFileIO.path(table.location()).resolve("data");
    if (!(table.io() instanceof LocalFileIO) || !Files.isDirectory(data)) {
      return 0;
    }
    List<Path> old = olderThan(data, now.minus(age));
    if (old.isEmpty()) {
      return 0;
    }
    Set<Path> known = known();
    List<Path> orphans = old.stream().filter(file -> !known.contains(file)).toList();
    orphans.forEach(file -> table.io().deleteFile(LocalFileIO.location(file)));
    return orphans.size();
  }

  private static List<Path> olderThan(Path directory, Instant limit) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> lastModified(file).isBefore(limit))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gone in the meantime is as good as new: it is not removed. */
  private static Instant lastModified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      return Instant.MAX;
    }
  }

  private Set<Path> known() {
    Set<Path> known = new HashSet<>();
    for (Snapshot snapshot : table.snapshots()) {
      try (CloseableIterable<FileScanTask> tasks =
          table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
        tasks.forEach(task -> known.add(LocalFileIO.path(task.file().location())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return known;
  }
}
