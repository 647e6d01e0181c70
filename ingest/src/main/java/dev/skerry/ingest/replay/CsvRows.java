package dev.skerry.ingest.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A header line, then lines of cells; the header is line 1. Not thread-safe. */
final class CsvRows implements Rows {

  private static final int LONGEST_HEADER_CHARS = 1 << 20;

  private final Input input;
  private final TextInput text;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> header;
  private long line = 1;

  private CsvRows(Input input, TextInput text, CSVParser parser) {
    this.input = input;
    this.text = text;
    this.parser = parser;
    this.records = parser.iterator();
    this.header = readHeader();
  }

  /**
   * Reads the header.
   *
   * @throws InputException where it cannot be read or has no header
   */
  static CsvRows of(Input input, TextInput text, Optional<Character> delimiter) {
    try {
      char separator =
          delimiter.isPresent() ? delimiter.get() : Delimiter.detect(peekHeader(text.reader()));
      CSVFormat format =
          CSVFormat.DEFAULT
              .builder()
              .setDelimiter(separator)
              .setIgnoreEmptyLines(false)
              .setTrim(true)
              .get();
      return new CsvRows(
          input, text, CSVParser.builder().setReader(text.reader()).setFormat(format).get());
    } catch (IOException e) {
      throw text.unreadable(1, e);
    }
  }

  @Override
  public List<String> header() {
    return header;
  }

  @Override
  public long bytesRead() {
    return text.bytesRead();
  }

  /** The next row that is not blank. */
  @Override
  public Optional<Row> next() {
    while (true) {
      Optional<Row> row = nextRecord();
      if (row.isEmpty() || !isBlank(row.get().cells())) {
        return row;
      }
    }
  }

  @Override
  public void close() {
    text.close();
  }

  private Optional<Row> nextRecord() {
    long begin = parser.getCurrentLineNumber() + 1;
    try {
      if (!records.hasNext()) {
        return Optional.empty();
      }
      line = begin;
      return Optional.of(Row.of(begin, Arrays.asList(records.next().values())));
    } catch (UncheckedIOException e) {
      throw text.unreadable(begin, e);
    }
  }

  private List<String> readHeader() {
    List<String> names =
        next()
            .map(Row::cells)
            .orElseThrow(() -> new InputException(input + " is empty; it needs a header line"));
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new InputException(
            input + ", line " + line + ": two columns are named '" + name + "'");
      }
    }
    return List.copyOf(names);
  }

  private static boolean isBlank(List<String> cells) {
    return cells.size() == 1 && cells.get(0).isBlank();
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
}
