package dev.skerry.ingest.replay.parquet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one column in one row group, each read when it is wanted. Throws {@link
 * UncheckedIOException} where they cannot be read. Not thread-safe.
 */
final class Pages implements PageReader {

  private static final int MAX_PAGE_BYTES = 256 << 20;
  private static final int BUFFER_BYTES = 1 << 16;

  private final ColumnMetaData column;
  private final Statistics<?> statistics;
  private final InputStream bytes;
  private long valuesRead;
  private @Nullable PageHeader next;

  /**
   * The pages of a column.
   *
   * @param statistics what Parquet's own reader is given where nothing is known
   */
  Pages(FileChannel file, ColumnMetaData column, Statistics<?> statistics) {
    this.column = column;
    this.statistics = statistics;
    long first = column.getData_page_offset();
    if (column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0) {
      first = Math.min(first, column.getDictionary_page_offset());
    }
    this.bytes =
        new BufferedInputStream(
            new Region(file, first, first + column.getTotal_compressed_size()), BUFFER_BYTES);
  }

  @Override
  public long getTotalValueCount() {
    return column.getNum_values();
  }

  @Override
  public @Nullable DictionaryPage readDictionaryPage() {
    try {
      PageHeader header = Util.readPageHeader(bytes);
      if (header.getType() != PageType.DICTIONARY_PAGE) {
        next = header;
        return null;
      }
      byte[] values = unpacked(header);
      return new DictionaryPage(
          BytesInput.from(values),
          header.getDictionary_page_header().getNum_values(),
          encoding(header.getDictionary_page_header().getEncoding()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable DataPage readPage() {
    try {
      while (valuesRead < column.getNum_values()) {
        PageHeader header = next != null ? next : Util.readPageHeader(bytes);
        next = null;
        switch (header.getType()) {
          case DATA_PAGE -> {
            return first(header, header.getData_page_header());
          }
          case DATA_PAGE_V2 -> {
            return second(header, header.getData_page_header_v2());
          }
          case DICTIONARY_PAGE, INDEX_PAGE -> bytes.skipNBytes(header.getCompressed_page_size());
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DataPage first(PageHeader header, DataPageHeader page) throws IOException {
    valuesRead += page.getNum_values();
    return new DataPageV1(
        BytesInput.from(unpacked(header)),
        page.getNum_values(),
        header.getUncompressed_page_size(),
        statistics,
        encoding(page.getRepetition_level_encoding()),
        encoding(page.getDefinition_level_encoding()),
        encoding(page.getEncoding()));
  }

  /** Levels are never packed here, and values where the header says so. */
  private DataPage second(PageHeader header, DataPageHeaderV2 page) throws IOException {
    valuesRead += page.getNum_values();
    byte[] repetition = read(page.getRepetition_levels_byte_length());
    byte[] definition = read(page.getDefinition_levels_byte_length());
    int levels = repetition.length + definition.length;
    byte[] values = read(header.getCompressed_page_size() - levels);
    if (page.isIs_compressed() && values.length > 0) {
      values =
          Codecs.unpack(column.getCodec(), values, header.getUncompressed_page_size() - levels);
    }
    return DataPageV2.uncompressed(
        page.getNum_rows(),
        page.getNum_nulls(),
        page.getNum_values(),
        BytesInput.from(repetition),
        BytesInput.from(definition),
        encoding(page.getEncoding()),
        BytesInput.from(values),
        statistics);
  }

  private byte[] unpacked(PageHeader header) throws IOException {
    requirePageSize(header.getUncompressed_page_size());
    byte[] packed = read(header.getCompressed_page_size());
    return Codecs.unpack(column.getCodec(), packed, header.getUncompressed_page_size());
  }

  private byte[] read(int length) throws IOException {
    requirePageSize(length);
    byte[] read = bytes.readNBytes(length);
    if (read.length < length) {
      throw new ParquetFormatException("it is damaged: a page is cut off");
    }
    return read;
  }

  private static void requirePageSize(int length) throws IOException {
    if (length < 0 || length > MAX_PAGE_BYTES) {
      throw new ParquetFormatException("it is damaged: a page has " + length + " bytes");
    }
  }

  private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
    return Encoding.valueOf(encoding.name());
  }

  /** Part of a file. Does not close it. */
  private static final class Region extends InputStream {
    private final FileChannel file;
    private final long end;
    private long position;

    Region(FileChannel file, long begin, long end) {
      this.file = file;
      this.position = begin;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int wanted = (int) Math.min(length, end - position);
      if (wanted <= 0) {
        return length == 0 ? 0 : -1;
      }
      int read = file.read(ByteBuffer.wrap(target, offset, wanted), position);
      position += Math.max(0, read);
      return read;
    }
  }
}
