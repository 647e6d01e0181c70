package dev.skerry.ingest.replay.parquet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** The columns of one row group, each with a reader of Parquet's own. */
final class ColumnChunks {

  private ColumnChunks() {}

  static List<ColumnReader> open(
      FileChannel file, RowGroup group, List<FlatColumn> columns, @Nullable String createdBy)
      throws IOException {
    Map<String, ColumnMetaData> chunkByName = chunks(group);
    List<Type> types = new ArrayList<>();
    for (FlatColumn column : columns) {
      if (!chunkByName.containsKey(column.name())) {
        throw new ParquetFormatException(
            "it is damaged: a row group lacks the column '" + column.name() + "'");
      }
      types.add(column.toPrimitiveType());
    }
    MessageType schema = new MessageType("rows", types);
    PageReadStore pages = new Chunks(file, chunkByName, group.getNum_rows());
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(
            pages, new NoConverter(), schema, createdBy == null ? "" : createdBy);
    List<ColumnReader> readers = new ArrayList<>();
    for (FlatColumn column : columns) {
      readers.add(store.getColumnReader(schema.getColumnDescription(new String[] {column.name()})));
    }
    return readers;
  }

  private static Map<String, ColumnMetaData> chunks(RowGroup group) throws IOException {
    Map<String, ColumnMetaData> chunkByName = new HashMap<>();
    for (ColumnChunk chunk : group.getColumns()) {
      if (chunk.isSetFile_path()) {
        throw new ParquetFormatException("its columns are in other files");
      }
      if (!chunk.isSetMeta_data()) {
        throw new ParquetFormatException("it has encrypted columns");
      }
      ColumnMetaData column = chunk.getMeta_data();
      if (column.getPath_in_schemaSize() == 1) {
        chunkByName.put(column.getPath_in_schema().get(0), column);
      }
    }
    return chunkByName;
  }

  /** Hands out pages by column. */
  private record Chunks(FileChannel file, Map<String, ColumnMetaData> chunkByName, long rows)
      implements PageReadStore {

    @Override
    public PageReader getPageReader(ColumnDescriptor descriptor) {
      ColumnMetaData chunk = chunkByName.get(descriptor.getPath()[0]);
      if (chunk == null) {
        throw new IllegalArgumentException("no such column: " + descriptor);
      }
      return new Pages(
          file, chunk, Statistics.getBuilderForReading(descriptor.getPrimitiveType()).build());
    }

    @Override
    public long getRowCount() {
      return rows;
    }
  }

  /** Values are taken from the readers themselves. */
  private static final class NoConverter extends GroupConverter {

    @Override
    public Converter getConverter(int field) {
      return new PrimitiveConverter() {};
    }

    @Override
    public void start() {
      // Nothing is assembled.
    }

    @Override
    public void end() {
      // Nothing is assembled.
    }
  }
}
