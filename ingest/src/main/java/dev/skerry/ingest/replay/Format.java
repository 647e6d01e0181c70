package dev.skerry.ingest.replay;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How rows are written in a file. */
public enum Format {
  /** A header line, then cells between delimiters. */
  CSV("line", "column", ".csv"),
  /** One JSON object per line, its members being the row's cells. */
  JSONL("line", "field", ".jsonl", ".ndjson", ".json"),
  /** Apache Parquet. */
  PARQUET("row", "column", ".parquet", ".parq");

  private static final String COMPRESSED = ".gz";

  private final String row;
  private final String column;

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
  private final List<String> suffixes;

  Format(String row, String column, String... suffixes) {
    this.row = row;
    this.column = column;
    this.suffixes = List.of(suffixes);
  }

  /** Where something is in a file of this format, for people. */
  String place(Rows.Row where) {
    return row + " " + where.number();
  }

  /** As {@link #place(Rows.Row)}, with the column. */
  String place(Rows.Row where, String name) {
    return place(where) + ", " + column + " '" + name + "'";
  }

  /** The format that a file's name ends with, where it ends with one. */
  static Optional<Format> ofName(String fileName) {
    String name = withoutCompression(fileName.toLowerCase(Locale.ROOT));
    for (Format format : values()) {
      if (format.suffixes.stream().anyMatch(name::endsWith)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** The name without the suffixes of format and compression. */
  static String withoutSuffix(String fileName) {
    String name = withoutCompression(fileName);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static String withoutCompression(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(COMPRESSED)
        ? name.substring(0, name.length() - COMPRESSED.length())
        : name;
  }
}
