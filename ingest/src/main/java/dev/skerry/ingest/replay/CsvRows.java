package dev.skerry.ingest.replay;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one file, read one by one: a header line, then cells. Memory does not grow with the
 * file. Not thread-safe.
 */
final class CsvRows implements AutoCloseable {

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int BUFFER_CHARS = 1 << 15;
  private static final int LONGEST_HEADER_CHARS = 1 << 20;

  private final Path file;
  private final Counting bytes;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> header;
  private long line = 1;

  /**
   * One row.
   *
   * @param line where it begins, the header being line 1
   */
  record Row(long line, List<String> cells) {}

  private CsvRows(Path file, Counting bytes, CSVParser parser) {
    this.file = file;
    this.bytes = bytes;
    this.parser = parser;
    this.records = parser.iterator();
    this.header = readHeader();
  }

  /**
   * Opens the file and reads its header.
   *
   * @throws InputException where it cannot be read or has no header
   */
  static CsvRows open(Path file, Charset charset, Optional<Character> delimiter) {
    @Nullable Counting bytes = null;
    try {
      bytes = new Counting(Files.newInputStream(file));
      BufferedReader reader = reader(bytes, charset);
      char separator = delimiter.orElse(Delimiter.detect(peekHeader(reader)));
      CSVFormat format =
          CSVFormat.DEFAULT
              .builder()
              .setDelimiter(separator)
              .setIgnoreEmptyLines(false)
              .setTrim(true)
              .get();
      return new CsvRows(
          file, bytes, CSVParser.builder().setReader(reader).setFormat(format).get());
    } catch (IOException e) {
      InputException unreadable = unreadable(file, 1, e);
      closeAfter(unreadable, bytes);
      throw unreadable;
    } catch (InputException e) {
      closeAfter(e, bytes);
      throw e;
    }
  }

  /** The names of the columns. */
  List<String> header() {
    return header;
  }

  Path file() {
    return file;
  }

  /** How much of the file was read, in bytes. */
  long bytesRead() {
    return bytes.count;
  }

  /** The next row that is not blank; empty at the end of the file. */
  Optional<Row> next() {
    while (true) {
      Optional<Row> row = nextRecord();
      if (row.isEmpty() || !isBlank(row.get().cells())) {
        return row;
      }
    }
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new InputException(file + " cannot be closed: " + e.getMessage(), e);
    }
  }

  private Optional<Row> nextRecord() {
    long begin = parser.getCurrentLineNumber() + 1;
    try {
      if (!records.hasNext()) {
        return Optional.empty();
      }
      line = begin;
      return Optional.of(new Row(begin, Arrays.asList(records.next().values())));
    } catch (UncheckedIOException e) {
      throw unreadable(file, begin, e);
    }
  }

  private List<String> readHeader() {
    List<String> names =
        next()
            .map(Row::cells)
            .orElseThrow(() -> new InputException(file + " is empty; it needs a header line"));
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new InputException(
            file + ", line " + line + ": two columns are named '" + name + "'");
      }
    }
    return List.copyOf(names);
  }

  private static boolean isBlank(List<String> cells) {
    return cells.size() == 1 && cells.get(0).isBlank();
  }

  private static BufferedReader reader(InputStream bytes, Charset charset) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                bytes,
                charset
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
            BUFFER_CHARS);
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }

  private static String peekHeader(BufferedReader reader) throws IOException {
    reader.mark(LONGEST_HEADER_CHARS);
    StringBuilder header = new StringBuilder();
    int c = reader.read();
    while (c >= 0 && header.length() < LONGEST_HEADER_CHARS - 1) {
      if ((c == '\n' || c == '\r') && !header.toString().isBlank()) {
        break;
      }
      header.append((char) c);
      c = reader.read();
    }
    reader.reset();
    return header.toString();
  }

  private static InputException unreadable(Path file, long line, Exception e) {
    Throwable reason = e.getCause() == null ? e : e.getCause();
    if (reason instanceof CharacterCodingException) {
      return new InputException(
          file + " is no text in the expected encoding; name it with --charset, or is it no CSV?",
          e);
    }
    return new InputException(
        file + " cannot be read (near line " + line + "): " + reason.getMessage(), e);
  }

  private static void closeAfter(InputException reason, @Nullable InputStream bytes) {
    try {
      if (bytes != null) {
        bytes.close();
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** Counts what goes through. */
  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
