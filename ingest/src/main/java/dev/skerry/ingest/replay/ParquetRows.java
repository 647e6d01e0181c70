package dev.skerry.ingest.replay;

import dev.skerry.ingest.replay.parquet.ParquetFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The rows of a Parquet file, counted from 1. Not thread-safe. */
final class ParquetRows implements Rows {

  private final Input input;
  private final ParquetFile file;
  private final long sizeBytes;
  private long row;

  private ParquetRows(Input input, ParquetFile file, long sizeBytes) {
    this.input = input;
    this.file = file;
    this.sizeBytes = sizeBytes;
  }

  /** Throws {@link InputException} where it cannot be read or has no columns of use. */
  static ParquetRows open(Input input) {
    try {
      ParquetRows rows =
          new ParquetRows(input, ParquetFile.open(input.onDisk()), input.sizeBytes());
      if (rows.header().isEmpty()) {
        rows.close();
        throw new InputException(input + " has only nested columns, of which no row can be made");
      }
      return rows;
    } catch (IOException e) {
      throw new InputException(input + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public List<String> header() {
    return file.columns();
  }

  @Override
  public Optional<Row> next() {
    row++;
    try {
      return file.next().map(cells -> Row.of(row, cells));
    } catch (IOException e) {
      throw new InputException(input + ", row " + row + ", cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public long bytesRead() {
    return (long) (file.fractionRead() * sizeBytes);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new InputException(input + " cannot be closed: " + e.getMessage(), e);
    }
  }
}
