package dev.skerry.ingest.replay.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;

/**
 * The rows of a Parquet file as text, one after the other; a page of each column is in memory at a
 * time. Columns that are nested or repeated are left out. Not thread-safe.
 */
public final class ParquetFile implements AutoCloseable {

  private final FileChannel file;
  private final FileMetaData metadata;
  private final List<FlatColumn> columns;
  private List<ColumnReader> readers = List.of();
  private int nextGroup;
  private long rowsLeft;
  private long rowsRead;

  private ParquetFile(FileChannel file, FileMetaData metadata) {
    this.file = file;
    this.metadata = metadata;
    this.columns = FlatColumns.of(metadata.getSchema());
  }

  /** Reads the index; throws {@link ParquetFormatException} for what is no such file. */
  public static ParquetFile open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path);
    try {
      return new ParquetFile(file, Footer.read(file));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** The names of the columns. */
  public List<String> columns() {
    return columns.stream().map(FlatColumn::name).toList();
  }

  /** How much of the file was read, 0 to 1. */
  public double fractionRead() {
    long rows = metadata.getNum_rows();
    return rows <= 0 ? 1 : (double) rowsRead / rows;
  }

  /** The cells of the next row, one per column; empty at the end of the file. */
  public Optional<List<String>> next() throws IOException {
    try {
      while (rowsLeft == 0) {
        if (nextGroup == metadata.getRow_groupsSize()) {
          return Optional.empty();
        }
        RowGroup group = metadata.getRow_groups().get(nextGroup++);
        readers = ColumnChunks.open(file, group, columns, metadata.getCreated_by());
        rowsLeft = group.getNum_rows();
      }
      List<String> cells = new ArrayList<>(columns.size());
      for (int c = 0; c < columns.size(); c++) {
        cells.add(columns.get(c).next(readers.get(c)));
      }
      rowsLeft--;
      rowsRead++;
      return Optional.of(cells);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException e) {
      throw new ParquetFormatException("it is damaged: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
