package dev.skerry.warehouse.sql;

import dev.skerry.warehouse.file.LocalFileIO;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;

/**
 * A table's files where DuckDB can read them. Those of an object store are copied to this machine,
 * each once, as a file never changes after it was written. Not thread-safe.
 */
final class FileCopies implements AutoCloseable {

  private final long maxBytes;
  private final Map<String, Path> copies = new HashMap<>();
  private long copiedBytes;
  private Optional<Path> directory = Optional.empty();

  /**
   * None yet.
   *
   * @param maxBytes how much is copied in all
   */
  FileCopies(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Whether its files can be read where they are. */
  static boolean isLocal(Table table) {
    return table.io() instanceof LocalFileIO;
  }

  /**
   * Where files of a table can be read.
   *
   * @throws SQLException where they are too large, or cannot be had
   */
  List<Path> of(Table table, List<DataFile> files) throws SQLException {
    if (isLocal(table)) {
      return files.stream().map(file -> LocalFileIO.path(file.location())).toList();
    }
    List<DataFile> missing =
        files.stream().filter(file -> !copies.containsKey(file.location())).toList();
    requireRoom(table, missing.stream().mapToLong(DataFile::fileSizeInBytes).sum());
    List<Path> paths = new ArrayList<>();
    for (DataFile file : missing) {
      copy(table.io(), file);
    }
    for (DataFile file : files) {
      paths.add(copies.get(file.location()));
    }
    return paths;
  }

  private void requireRoom(Table table, long bytes) throws SQLException {
    if (copiedBytes + bytes > maxBytes) {
      throw new SQLException(
          "The files of %s are %d MB in an object store, and no more than %d MB are fetched from there for all questions: raise warehouse.sql.fetch-bytes, or ask with an engine that works beside the store"
              .formatted(table.name(), bytes >> 20, maxBytes >> 20));
    }
  }

  private void copy(FileIO io, DataFile file) throws SQLException {
    try (InputStream in = io.newInputFile(file.location(), file.fileSizeInBytes()).newStream()) {
      Path copy = directory().resolve(copies.size() + ".parquet");
      copiedBytes += Files.copy(in, copy);
      copies.put(file.location(), copy);
    } catch (IOException | RuntimeException e) {
      // Clients of object stores throw what they like.
      throw new SQLException(file.location() + " cannot be fetched: " + e.getMessage(), e);
    }
  }

  private Path directory() throws IOException {
    Path made = directory.isPresent() ? directory.get() : Files.createTempDirectory("skerry-sql-");
    directory = Optional.of(made);
    return made;
  }

  @Override
  public void close() {
    try {
      for (Path copy : copies.values()) {
        Files.delete(copy);
      }
      if (directory.isPresent()) {
        Files.delete(directory.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
