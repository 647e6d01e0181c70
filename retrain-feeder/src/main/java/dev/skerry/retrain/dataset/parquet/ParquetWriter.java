package dev.skerry.retrain.dataset.parquet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.luben.zstd.Zstd;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/**
 * Writes rows to a new Parquet file; it is one when it was closed. A row group is in memory at a
 * time. Not thread-safe.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/">File format</a>
 */
public final class ParquetWriter<T> implements AutoCloseable {

  static final byte[] MAGIC = "PAR1".getBytes(US_ASCII);
  static final String CREATED_BY = "skerry";

  private static final int VERSION = 1;
  private static final int ZSTD_LEVEL = 3;
  private static final int ROWS_OF_A_GROUP = 4_096;
  private static final int BYTES_OF_A_GROUP = 8 << 20;

  private final Counted out;
  private final List<Column<T>> columns;
  private final List<RowGroup> groups = new ArrayList<>();
  private List<ColumnValues> values;
  private int rowsOfGroup;
  private long rows;

  private ParquetWriter(OutputStream out, List<Column<T>> columns) {
    this.out = new Counted(out);
    this.columns = List.copyOf(columns);
    this.values = noValues();
  }

  /** Makes a file, which must not be there yet. */
  public static <T> ParquetWriter<T> create(Path file, List<Column<T>> columns) throws IOException {
    OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
    ParquetWriter<T> writer = new ParquetWriter<>(new BufferedOutputStream(out), columns);
    writer.out.write(MAGIC);
    return writer;
  }

  /** Appends a row. */
  public void write(T row) throws IOException {
    int bytes = 0;
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).write().accept(row, values.get(c));
      bytes += values.get(c).bytes();
    }
    rowsOfGroup++;
    rows++;
    if (rowsOfGroup == ROWS_OF_A_GROUP || bytes >= BYTES_OF_A_GROUP) {
      writeGroup();
    }
  }

  /** Writes the index, without which it is no Parquet file. */
  @Override
  public void close() throws IOException {
    try (out) {
      if (rowsOfGroup > 0) {
        writeGroup();
      }
      long begin = out.position;
      FileMetaData index = new FileMetaData(VERSION, schema(), rows, groups);
      Util.writeFileMetaData(index.setCreated_by(CREATED_BY), out);
      out.write(littleEndian(Math.toIntExact(out.position - begin)));
      out.write(MAGIC);
    }
  }

  private static byte[] littleEndian(int value) {
    byte[] bytes = new byte[Integer.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(value);
    return bytes;
  }

  private void writeGroup() throws IOException {
    List<ColumnChunk> chunks = new ArrayList<>();
    long bytes = 0;
    for (int c = 0; c < columns.size(); c++) {
      ColumnMetaData chunk = writeChunk(columns.get(c), values.get(c));
      chunks.add(new ColumnChunk(chunk.getData_page_offset()).setMeta_data(chunk));
      bytes += chunk.getTotal_uncompressed_size();
    }
    groups.add(new RowGroup(chunks, bytes, rowsOfGroup));
    values = noValues();
    rowsOfGroup = 0;
  }

  private ColumnMetaData writeChunk(Column<T> column, ColumnValues from) throws IOException {
    byte[] page = from.page();
    byte[] packed = Zstd.compress(page, ZSTD_LEVEL);
    long begin = out.position;
    PageHeader header = new PageHeader(PageType.DATA_PAGE, page.length, packed.length);
    header.setData_page_header(
        new DataPageHeader(from.count(), Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
    Util.writePageHeader(header, out);
    long headerBytes = out.position - begin;
    out.write(packed);
    return new ColumnMetaData(
        column.type().physical(),
        List.of(Encoding.PLAIN, Encoding.RLE),
        column.type().path(column.name()),
        CompressionCodec.ZSTD,
        from.count(),
        headerBytes + page.length,
        headerBytes + packed.length,
        begin);
  }

  private List<SchemaElement> schema() {
    List<SchemaElement> schema = new ArrayList<>();
    schema.add(
        new SchemaElement("samples")
            .setRepetition_type(FieldRepetitionType.REQUIRED)
            .setNum_children(columns.size()));
    columns.forEach(column -> schema.addAll(column.type().describe(column.name())));
    return schema;
  }

  private List<ColumnValues> noValues() {
    List<ColumnValues> none = new ArrayList<>();
    columns.forEach(column -> none.add(new ColumnValues(column.type())));
    return none;
  }

  /** Knows where it is. */
  private static final class Counted extends OutputStream {
    private final OutputStream to;
    private long position;

    Counted(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int one) throws IOException {
      to.write(one);
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      to.write(bytes, offset, length);
      position += length;
    }

    @Override
    public void close() throws IOException {
      to.close();
    }
  }
}
