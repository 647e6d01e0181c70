package dev.skerry.warehouse.sql;

import dev.skerry.warehouse.file.LocalFileIO;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
  static String statement(String name, Table table) {
    String columns =
        table.schema().columns().stream()
            .map(
                column ->
                    "NULL::" + SqlType.of(column.type()) + " AS " + SqlType.name(column.name()))
            .collect(Collectors.joining(", "));
    StringBuilder view = new StringBuilder("CREATE OR REPLACE VIEW ").append(SqlType.name(name));
    // The empty first part gives every column its name and type, also those that no file has yet.
    view.append(" AS SELECT ").append(columns).append(" WHERE false");
    List<String> files = files(table);
    if (!files.isEmpty()) {
      view.append(" UNION ALL BY NAME SELECT * FROM read_parquet(")
          .append(files.stream().map(SqlType::text).collect(Collectors.joining(", ", "[", "]")))
          .append(", union_by_name = true, hive_partitioning = false)");
    }
    return view.toString();
  }

  private static List<String> files(Table table) {
    List<String> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        String location = task.file().location();
        files.add(
            table.io() instanceof LocalFileIO ? LocalFileIO.path(location).toString() : location);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
