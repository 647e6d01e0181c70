package dev.skerry.ingest.replay;

import java.util.List;
import java.util.Optional;

/**
 * The rows of one file, read one by one, in whatever format; memory does not grow with the file.
 * Not thread-safe.
 */
interface Rows extends AutoCloseable {

  /** The names of the columns. */
  List<String> header();

  /**
   * The next row; empty at the end of the file.
   *
   * @throws InputException where the file cannot be read any further
   */
  Optional<Row> next();

  /** How much of the file was read, in bytes. */
  long bytesRead();

  @Override
  void close();

  /**
   * One row.
   *
   * @param number of the line where it begins, or of the row where there are no lines, from 1
   * @param cells one per column; empty text where there is nothing
   * @param problem why it cannot be used as a whole
   */
  record Row(long number, List<String> cells, Optional<String> problem) {

    static Row of(long number, List<String> cells) {
      return new Row(number, cells, Optional.empty());
    }

    static Row bad(long number, String problem) {
      return new Row(number, List.of(), Optional.of(problem));
    }
  }
}
