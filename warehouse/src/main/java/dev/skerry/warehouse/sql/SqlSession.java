package dev.skerry.warehouse.sql;

import dev.skerry.warehouse.catalog.WarehouseCatalog;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** Asks DuckDB about the tables as they are at the moment of each question. Not thread-safe. */
final class SqlSession implements AutoCloseable {

  private final WarehouseCatalog catalog;
  private final Connection duck;
  private final FileCopies copies;

  private SqlSession(WarehouseCatalog catalog, Connection duck, FileCopies copies) {
    this.catalog = catalog;
    this.duck = duck;
    this.copies = copies;
  }

  /**
   * Opens one.
   *
   * @param fetchBytes how much of tables in an object store is copied to this machine
   */
  static SqlSession open(WarehouseCatalog catalog, long fetchBytes) throws SQLException {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC")); // The driver reads some times with it.
    Connection duck = DriverManager.getConnection("jdbc:duckdb:", new Properties());
    try (Statement statement = duck.createStatement()) {
      statement.execute("SET autoinstall_known_extensions = false");
      statement.execute("SET TimeZone = 'UTC'");
    }
    return new SqlSession(catalog, duck, new FileCopies(fetchBytes));
  }

  /** The names of the tables that there are. */
  List<String> tables() {
    return catalog.tables();
  }

  /**
   * The answer to one statement.
   *
   * @throws SQLException with DuckDB's own explanation
   */
  Rows ask(String sql) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      for (String name : catalog.tables()) {
        statement.execute(view(name, catalog.table(name), sql));
      }
      if (!statement.execute(sql)) {
        return new Rows(List.of(), List.of());
      }
      try (ResultSet result = statement.getResultSet()) {
        return rows(result);
      }
    }
  }

  /** Of tables elsewhere only those are fetched that the statement speaks of. */
  private String view(String name, Table table, String sql) throws SQLException {
    return FileCopies.isLocal(table) || speaksOf(sql, name)
        ? TableView.statement(name, table, copies)
        : TableView.placeholder(name, table);
  }

  private static boolean speaksOf(String sql, String name) {
    return Pattern.compile("\\b" + Pattern.quote(name) + "\\b", Pattern.CASE_INSENSITIVE)
        .matcher(sql)
        .find();
  }

  private static Rows rows(ResultSet result) throws SQLException {
    List<String> columns = new ArrayList<>();
    int count = result.getMetaData().getColumnCount();
    for (int i = 1; i <= count; i++) {
      columns.add(result.getMetaData().getColumnLabel(i));
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    while (result.next()) {
      List<@Nullable Object> row = new ArrayList<>(count);
      for (int i = 1; i <= count; i++) {
        row.add(Values.of(result.getObject(i)));
      }
      rows.add(row);
    }
    return new Rows(columns, rows);
  }

  @Override
  public void close() throws SQLException {
    duck.close();
    copies.close();
  }
}
