package dev.skerry.retrain.dataset;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** DuckDB as a reader of Parquet that knows nothing of ours. */
public final class Duck {

  private Duck() {}

  /** The one number that a query gives; {@code {train}} and {@code {validation}} name the files. */
  public static long number(Path version, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(withFiles(version, query))) {
      if (!rows.next()) {
        throw new AssertionError("no row: " + query);
      }
      return rows.getLong(1);
    }
  }

  private static String withFiles(Path version, String query) {
    return query
        .replace("{train}", "read_parquet('" + version + "/train/*.parquet')")
        .replace("{validation}", "read_parquet('" + version + "/validation/*.parquet')");
  }
}
