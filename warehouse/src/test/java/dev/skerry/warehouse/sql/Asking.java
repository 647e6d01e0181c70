package dev.skerry.warehouse.sql;

import dev.skerry.warehouse.WarehouseConfig;
import dev.skerry.warehouse.catalog.WarehouseCatalog;
import java.sql.SQLException;
import java.util.List;

/** Questions to a warehouse, for tests outside of this package. */
public final class Asking implements AutoCloseable {

  private final WarehouseCatalog catalog;
  private final SqlSession session;

  private Asking(WarehouseCatalog catalog, SqlSession session) {
    this.catalog = catalog;
    this.session = session;
  }

  public static Asking of(WarehouseConfig config) throws SQLException {
    WarehouseCatalog catalog = WarehouseCatalog.open(config);
    return new Asking(catalog, SqlSession.open(catalog, config.sql().fetchBytes()));
  }

  public boolean hasTables(String... names) {
    return catalog.tables().containsAll(List.of(names));
  }

  /** The one number that a statement gives. */
  public long number(String sql) throws SQLException {
    return ((Number) session.ask(sql).rows().get(0).get(0)).longValue();
  }

  /** How many rows a statement gives. */
  public int rows(String sql) throws SQLException {
    return session.ask(sql).rows().size();
  }

  @Override
  public void close() throws SQLException {
    session.close();
    catalog.close();
  }
}
