package dev.skerry.warehouse.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * A table as DuckDB's view of the files that its current snapshot names. Never a pattern of file
 * names: beside the table's files there lie those of commits that did not come about, and of
 * earlier snapshots.
 */
final class TableView {

  private TableView() {}

  /** The statement that makes the view. */
  static String statement(String name, Table table, FileCopies copies) throws SQLException {
    StringBuilder view = new StringBuilder("CREATE OR REPLACE VIEW ").append(SqlType.name(name));
    view.append(" AS ").append(noRows(table));
    List<Path> files = copies.of(table, files(table));
    if (!files.isEmpty()) {
      view.append(" UNION ALL BY NAME SELECT * FROM read_parquet(")
          .append(
              files.stream()
                  .map(file -> SqlType.text(file.toString()))
                  .collect(Collectors.joining(", ", "[", "]")))
          .append(", union_by_name = true, hive_partitioning = false)");
    }
    return view.toString();
  }

  /** The statement that makes a view without rows where there is none yet. */
  static String placeholder(String name, Table table) {
    return "CREATE VIEW IF NOT EXISTS " + SqlType.name(name) + " AS " + noRows(table);
  }

  /** Gives every column its name and type, also those that no file has yet. */
  private static String noRows(Table table) {
    return table.schema().columns().stream()
        .map(column -> "NULL::" + SqlType.of(column.type()) + " AS " + SqlType.name(column.name()))
        .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
  }

  private static List<DataFile> files(Table table) {
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      tasks.forEach(task -> files.add(task.file()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
