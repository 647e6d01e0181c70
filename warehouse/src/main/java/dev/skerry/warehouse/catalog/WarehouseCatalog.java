package dev.skerry.warehouse.catalog;

import dev.skerry.service.ConfigException;
import dev.skerry.warehouse.WarehouseConfig;
import dev.skerry.warehouse.file.LocalFileIO;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;

/** The list of the warehouse's tables. Thread-safe. */
public final class WarehouseCatalog implements AutoCloseable {

  /** What Iceberg's clients call it; with a JDBC catalogue the rows bear this name. */
  public static final String NAME = "skerry";

  private static final String DATABASE = "catalog.db";
  private static final String LOCK = "catalog.lock";

  private final Catalog catalog;
  private final Namespace namespace;

  private final String location;

  private WarehouseCatalog(Catalog catalog, Namespace namespace, String location) {
    this.catalog = catalog;
    this.namespace = namespace;
    this.location = location;
  }

  /**
   * Opens it, and makes what is missing of it.
   *
   * @throws ConfigException where it cannot be opened as configured
   */
  public static WarehouseCatalog open(WarehouseConfig config) {
    Map<String, String> properties = properties(config);
    try {
      Catalog catalog = config.catalog().isEmpty() ? local(config, properties) : built(properties);
      Namespace namespace = Namespace.of(config.namespace());
      WarehouseCatalog opened =
          new WarehouseCatalog(
              catalog, namespace, properties.getOrDefault("warehouse", "its own place"));
      opened.createNamespace();
      return opened;
    } catch (IOException e) {
      throw new ConfigException(
          "warehouse.directory " + config.directory() + " cannot be made: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw new ConfigException(
          "The catalogue of tables cannot be opened (warehouse.catalog.uri is "
              + properties.get("uri")
              + "): "
              + e.getMessage(),
          e);
    }
  }

  /** Opened by one process at a time: two that make its tables at once would meet. */
  private static Catalog local(WarehouseConfig config, Map<String, String> properties)
      throws IOException {
    Files.createDirectories(config.directory());
    Path file = config.directory().resolve(LOCK);
    synchronized (WarehouseCatalog.class) {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock();
        return built(properties);
      }
    }
  }

  private static Catalog built(Map<String, String> properties) {
    return CatalogUtil.buildIcebergCatalog(NAME, properties, /* conf= */ null);
  }

  /** Whether there is a local catalogue already. */
  public static boolean existsIn(Path directory) {
    return Files.exists(directory.resolve(DATABASE));
  }

  /**
   * What Iceberg is told of it: what is configured under {@code warehouse.catalog.}, or else SQLite
   * and files in the local directory.
   */
  public static Map<String, String> properties(WarehouseConfig config) {
    if (!config.catalog().isEmpty()) {
      return Map.copyOf(config.catalog());
    }
    Path directory = config.directory().toAbsolutePath().normalize();
    Map<String, String> properties = new HashMap<>();
    properties.put("type", "jdbc");
    // The connector, the upkeep and those who ask come at the same time: each waits for the other.
    properties.put("uri", "jdbc:sqlite:" + directory.resolve(DATABASE) + "?busy_timeout=10000");
    properties.put("jdbc.schema-version", "V1");
    properties.put("warehouse", LocalFileIO.location(directory.resolve("tables")));
    properties.put("io-impl", LocalFileIO.class.getName());
    return properties;
  }

  /** Made before the connectors start: several at once would meet. */
  private void createNamespace() {
    if (catalog instanceof SupportsNamespaces namespaces
        && !namespaces.namespaceExists(namespace)) {
      try {
        namespaces.createNamespace(namespace);
      } catch (AlreadyExistsException e) {
        return; // Somebody else was quicker, which is as good.
      }
    }
  }

  /** The tables that there are now, by name. */
  public List<String> tables() {
    return catalog.listTables(namespace).stream().map(TableIdentifier::name).sorted().toList();
  }

  /** One of them as it is now. */
  public Table table(String name) {
    return catalog.loadTable(TableIdentifier.of(namespace, name));
  }

  /** Where the tables lie, for people. */
  public String location() {
    return location;
  }

  /** Iceberg's own interface to it. */
  public Catalog catalog() {
    return catalog;
  }

  /** The full name of a table of that name. */
  public TableIdentifier identifier(String name) {
    return TableIdentifier.of(namespace, name);
  }

  @Override
  public void close() {
    if (catalog instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
