package dev.skerry.warehouse;

import dev.skerry.service.Settings;
import dev.skerry.warehouse.catalog.WarehouseCatalog;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Types;

/** A warehouse in a directory, and small tables in it as the connector would leave them. */
public final class TestWarehouse {

  public static final Schema COLUMNS =
      new Schema(
          Types.NestedField.optional(1, "siteId", Types.StringType.get()),
          Types.NestedField.optional(2, "count", Types.LongType.get()),
          Types.NestedField.optional(3, "windowStart", Types.TimestampType.withZone()));

  private TestWarehouse() {}

  public static WarehouseConfig config(Path directory, String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("warehouse.directory", directory.toString());
    for (String setting : more) {
      String[] parts = setting.split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    return Settings.of(settings, WarehouseConfig.class).get(WarehouseConfig.class);
  }

  public static Table create(WarehouseCatalog catalog, String name) {
    PartitionSpec spec =
        PartitionSpec.builderFor(COLUMNS).day("windowStart").identity("siteId").build();
    return catalog
        .catalog()
        .createTable(
            catalog.identifier(name),
            COLUMNS,
            spec,
            Map.of(
                "write.object-storage.enabled", "true",
                "write.object-storage.partitioned-paths", "false"));
  }

  /** Appends a file with so many rows of one site, as a commit of the connector. */
  public static void append(Table table, String site, int rows, long offset) throws Exception {
    table
        .newAppend()
        .appendFile(write(table, site, rows))
        .set("kafka.connect.offsets.control.group", "{\"0\":" + offset + "}")
        .commit();
  }

  /** Writes a file that nobody has committed. */
  public static DataFile write(Table table, String site, int rows) throws Exception {
    GenericRecord row = GenericRecord.create(table.schema());
    org.apache.iceberg.PartitionKey key =
        new org.apache.iceberg.PartitionKey(table.spec(), table.schema());
    java.time.OffsetDateTime start = java.time.OffsetDateTime.parse("2026-03-01T10:00:00Z");
    Record first = row.copy(Map.of("siteId", site, "count", 0L, "windowStart", start));
    key.partition(
        new org.apache.iceberg.data.InternalRecordWrapper(table.schema().asStruct()).wrap(first));
    DataWriter<Record> writer =
        new GenericFileWriterFactory.Builder(table)
            .dataFileFormat(FileFormat.PARQUET)
            .build()
            .newDataWriter(
                OutputFileFactory.builderFor(table, 1, System.nanoTime())
                    .format(FileFormat.PARQUET)
                    .build()
                    .newOutputFile(table.spec(), key),
                table.spec(),
                key);
    try (writer) {
      for (long i = 0; i < rows; i++) {
        writer.write(row.copy(Map.of("siteId", site, "count", i, "windowStart", start)));
      }
    }
    return writer.toDataFile();
  }

  /** The files of a table's current snapshot. */
  public static List<String> files(Table table) throws Exception {
    java.util.List<String> files = new java.util.ArrayList<>();
    try (var tasks = table.newScan().planFiles()) {
      tasks.forEach(task -> files.add(task.file().location()));
    }
    return files;
  }

  /** The rows of a table's current snapshot. */
  public static List<Record> rows(Table table) throws Exception {
    try (var rows = org.apache.iceberg.data.IcebergGenerics.read(table).build()) {
      List<Record> all = new java.util.ArrayList<>();
      rows.forEach(all::add);
      return all;
    }
  }
}
