package dev.skerry.retrain.dataset.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Reads files that {@link ParquetWriter} wrote, a row group at a time. It reads no others: they may
 * have pages, encodings and codecs that it does not know. Not thread-safe.
 */
public final class ParquetReader implements AutoCloseable {

  private static final int TAIL_BYTES = 8;
  private static final int MAX_PAGE_BYTES = 1 << 30;

  private final Path path;
  private final FileChannel file;
  private final FileMetaData index;
  private int next;

  private ParquetReader(Path path, FileChannel file) throws IOException {
    this.path = path;
    this.file = file;
    this.index = readIndex();
  }

  /** Opens a file; throws {@link IOException} that names it where it is none of Skerry's. */
  public static ParquetReader open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path);
    try {
      return new ParquetReader(path, file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  public long rows() {
    return index.getNum_rows();
  }

  public boolean hasNextGroup() {
    return next < index.getRow_groupsSize();
  }

  /** The next row group. */
  public Group nextGroup() {
    return new Group(index.getRow_groups().get(next++));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Columns of a row group, each read when it is asked for. */
  public final class Group {
    private final RowGroup group;

    private Group(RowGroup group) {
      this.group = group;
    }

    public int rows() {
      return (int) group.getNum_rows();
    }

    public String[] texts(String column) throws IOException {
      return values(column, String[]::new, page -> new String(nextBytes(page), UTF_8));
    }

    public byte[][] bytes(String column) throws IOException {
      return values(column, byte[][]::new, ParquetReader::nextBytes);
    }

    public int[] ints(String column) throws IOException {
      ByteBuffer page = page(chunk(column));
      int[] values = new int[rows()];
      Arrays.setAll(values, row -> page.getInt());
      return values;
    }

    public long[] longs(String column) throws IOException {
      ByteBuffer page = page(chunk(column));
      long[] values = new long[rows()];
      Arrays.setAll(values, row -> page.getLong());
      return values;
    }

    public float[] floats(String column) throws IOException {
      ByteBuffer page = page(chunk(column));
      float[] values = new float[rows()];
      for (int row = 0; row < values.length; row++) {
        values[row] = page.getFloat();
      }
      return values;
    }

    public double[] doubles(String column) throws IOException {
      ByteBuffer page = page(chunk(column));
      double[] values = new double[rows()];
      Arrays.setAll(values, row -> page.getDouble());
      return values;
    }

    public float[][] floatLists(String column) throws IOException {
      ColumnMetaData chunk = chunk(column);
      ByteBuffer page = page(chunk);
      ByteBuffer repetition = slice(page);
      ByteBuffer definition = slice(page);
      List<Integer> lengths =
          Levels.lengths(repetition, definition, Math.toIntExact(chunk.getNum_values()));
      float[][] lists = new float[lengths.size()][];
      for (int row = 0; row < lists.length; row++) {
        lists[row] = new float[lengths.get(row)];
        for (int i = 0; i < lists[row].length; i++) {
          lists[row][i] = page.getFloat();
        }
      }
      return lists;
    }

    private <V> V[] values(String column, IntFunction<V[]> array, PageValue<V> value)
        throws IOException {
      ByteBuffer page = page(chunk(column));
      V[] values = array.apply(rows());
      for (int row = 0; row < values.length; row++) {
        values[row] = value.read(page);
      }
      return values;
    }

    private ColumnMetaData chunk(String column) throws IOException {
      for (ColumnChunk chunk : group.getColumns()) {
        if (chunk.getMeta_data().getPath_in_schema().get(0).equals(column)) {
          return chunk.getMeta_data();
        }
      }
      throw new IOException(path + " has no column " + column);
    }
  }

  @FunctionalInterface
  private interface PageValue<V> {
    V read(ByteBuffer page);
  }

  private static byte[] nextBytes(ByteBuffer page) {
    byte[] bytes = new byte[page.getInt()];
    page.get(bytes);
    return bytes;
  }

  private static ByteBuffer slice(ByteBuffer page) {
    int length = page.getInt();
    ByteBuffer slice = page.slice(page.position(), length);
    page.position(page.position() + length);
    return slice;
  }

  private ByteBuffer page(ColumnMetaData chunk) throws IOException {
    byte[] bytes =
        read(chunk.getData_page_offset(), Math.toIntExact(chunk.getTotal_compressed_size()));
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    PageHeader header = Util.readPageHeader(in);
    byte[] packed = in.readNBytes(header.getCompressed_page_size());
    int length = header.getUncompressed_page_size();
    if (chunk.getCodec() != CompressionCodec.ZSTD
        || header.getData_page_header().getNum_values() != chunk.getNum_values()
        || length < 0
        || length > MAX_PAGE_BYTES) {
      throw foreign();
    }
    return ByteBuffer.wrap(Zstd.decompress(packed, length)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private FileMetaData readIndex() throws IOException {
    long size = file.size();
    if (size < 2 * TAIL_BYTES) {
      throw foreign();
    }
    ByteBuffer tail = ByteBuffer.wrap(read(size - TAIL_BYTES, TAIL_BYTES));
    tail.order(ByteOrder.LITTLE_ENDIAN);
    int length = tail.getInt();
    byte[] magic = new byte[ParquetWriter.MAGIC.length];
    tail.get(magic);
    if (!Arrays.equals(magic, ParquetWriter.MAGIC) || length < 0 || length > size - TAIL_BYTES) {
      throw foreign();
    }
    FileMetaData read =
        Util.readFileMetaData(new ByteArrayInputStream(read(size - TAIL_BYTES - length, length)));
    if (!ParquetWriter.CREATED_BY.equals(read.getCreated_by())) {
      throw foreign();
    }
    return read;
  }

  private byte[] read(long position, int length) throws IOException {
    byte[] read = new byte[length];
    ByteBuffer bytes = ByteBuffer.wrap(read);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, position + bytes.position()) < 0) {
        throw new IOException(path + " was cut off");
      }
    }
    return read;
  }

  private IOException foreign() {
    return new IOException(path + " is no Parquet file that Skerry wrote, or is damaged");
  }
}
