package dev.skerry.warehouse.keep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.StructLikeWrapper;

/**
 * Makes many small files of a partition few large ones. Small ones go with others of their size, so
 * that a row is written anew as often as the logarithm of the files' number, not with each round.
 * Rows stay as they are, in order within a file; one row at a time is in memory.
 */
final class Compaction {

  /** A file this many times larger than all smaller ones together is left alone for now. */
  private static final int DISPROPORTION = 4;

  private static final long SMALL_ANYWAY_BYTES = 64 << 10;

  private final Table table;
  private final long targetFileBytes;
  private final int minFiles;

  /**
   * Of one table.
   *
   * @param targetFileBytes how large files become; from half of it on they are left alone
   * @param minFiles how many of a partition are worth it, 2 and more
   */
  Compaction(Table table, long targetFileBytes, int minFiles) {
    this.table = table;
    this.targetFileBytes = targetFileBytes;
    this.minFiles = Math.max(2, minFiles);
  }

  /** How many files were made how many. */
  record Done(int filesBefore, int filesAfter) {}

  Done run() {
    Snapshot snapshot = table.currentSnapshot();
    if (snapshot == null) {
      return new Done(0, 0);
    }
    int before = 0;
    int after = 0;
    for (List<DataFile> partition : smallFilesByPartition().values()) {
      for (List<DataFile> group : groups(partition)) {
        rewrite(group, snapshot.snapshotId());
        before += group.size();
        after++;
      }
    }
    return new Done(before, after);
  }

  /** Files of other partition specs and with deleted rows are none of ours and left alone. */
  private Map<StructLikeWrapper, List<DataFile>> smallFilesByPartition() {
    Map<StructLikeWrapper, List<DataFile>> byPartition = new LinkedHashMap<>();
    StructLikeWrapper wrapper = StructLikeWrapper.forType(table.spec().partitionType());
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        DataFile file = task.file();
        if (task.deletes().isEmpty()
            && file.specId() == table.spec().specId()
            && file.format() == FileFormat.PARQUET
            && file.fileSizeInBytes() < targetFileBytes / 2) {
          byPartition
              .computeIfAbsent(wrapper.copyFor(file.partition()), key -> new ArrayList<>())
              .add(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return byPartition;
  }

  private List<List<DataFile>> groups(List<DataFile> files) {
    List<List<DataFile>> groups = new ArrayList<>();
    List<DataFile> group = new ArrayList<>();
    long bytes = 0;
    for (DataFile file :
        files.stream().sorted(Comparator.comparingLong(DataFile::fileSizeInBytes)).toList()) {
      long size = file.fileSizeInBytes();
      boolean isFull = bytes + size > targetFileBytes;
      boolean isOfAnotherSize =
          size > SMALL_ANYWAY_BYTES && bytes > 0 && size > DISPROPORTION * bytes;
      if (isFull || isOfAnotherSize) {
        groups.add(group);
        group = new ArrayList<>();
        bytes = 0;
      }
      group.add(file);
      bytes += size;
    }
    groups.add(group);
    return groups.stream().filter(each -> each.size() >= minFiles).toList();
  }

  private void rewrite(List<DataFile> files, long snapshotId) {
    DataFile merged = merge(files);
    RewriteFiles rewrite = table.newRewrite().validateFromSnapshot(snapshotId);
    files.forEach(rewrite::deleteFile);
    rewrite.addFile(merged);
    try {
      rewrite.commit();
    } catch (RuntimeException e) {
      // Not taken, or nobody knows: what no snapshot knows after all is removed as an orphan.
      throw new IllegalStateException(
          files.size() + " files of " + table.name() + " could not be made one", e);
    }
  }

  private DataFile merge(List<DataFile> files) {
    OutputFileFactory outputs =
        OutputFileFactory.builderFor(table, /* partitionId= */ 0, System.nanoTime())
            .format(FileFormat.PARQUET)
            .build();
    DataWriter<Record> writer =
        new GenericFileWriterFactory.Builder(table)
            .dataFileFormat(FileFormat.PARQUET)
            .build()
            .newDataWriter(
                outputs.newOutputFile(table.spec(), files.get(0).partition()),
                table.spec(),
                files.get(0).partition());
    try (writer) {
      for (DataFile file : files) {
        copy(file, writer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.toDataFile();
  }

  private void copy(DataFile file, DataWriter<Record> writer) throws IOException {
    Schema schema = table.schema();
    try (CloseableIterable<Record> rows =
        Parquet.read(table.io().newInputFile(file))
            .project(schema)
            .createReaderFunc(written -> GenericParquetReaders.buildReader(schema, written))
            .build()) {
      rows.forEach(writer::write);
    }
  }
}
