package dev.skerry.ingest.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;

/** Opens files in their format. */
final class RowSource {

  /** Rows of a file from which channels and the time format are found. */
  static final int PREVIEW_ROWS = 100;

  /** As many of standard input, where the next row may be long in coming. */
  private static final int PREVIEW_ROWS_OF_A_PIPE = 10;

  private static final int LONGEST_BLANK_CHARS = 1 << 12;

  private RowSource() {}

  /**
   * The format of an input: what was asked for, what its name says, or what it begins with.
   *
   * @throws InputException where it cannot be read
   */
  static Format format(Input input, ReplayOptions options) {
    Optional<Format> known = options.format().or(() -> Format.ofName(input.fileName()));
    return known.orElseGet(() -> detected(input, options));
  }

  /**
   * Opens an input.
   *
   * @throws InputException where it cannot be read or is not what it should be
   */
  static Rows open(Input input, Format format, ReplayOptions options) {
    if (format == Format.PARQUET) {
      return ParquetRows.open(input);
    }
    TextInput text = TextInput.open(input, options.charset());
    try {
      return format == Format.JSONL
          ? JsonRows.of(input, text, previewRows(input))
          : CsvRows.of(input, text, options.delimiter());
    } catch (InputException e) {
      text.close();
      throw e;
    }
  }

  static int previewRows(Input input) {
    return input instanceof StandardInput ? PREVIEW_ROWS_OF_A_PIPE : PREVIEW_ROWS;
  }

  private static Format detected(Input input, ReplayOptions options) {
    try (TextInput text = TextInput.open(input, options.charset())) {
      try {
        return firstVisible(text.reader()) == '{' ? Format.JSONL : Format.CSV;
      } catch (IOException e) {
        throw text.unreadable(1, e);
      }
    }
  }

  private static int firstVisible(BufferedReader reader) throws IOException {
    int c = reader.read();
    for (int i = 0; i < LONGEST_BLANK_CHARS && c >= 0 && Character.isWhitespace(c); i++) {
      c = reader.read();
    }
    return c;
  }
}
