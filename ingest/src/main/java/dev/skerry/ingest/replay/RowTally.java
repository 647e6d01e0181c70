package dev.skerry.ingest.replay;

import java.util.Optional;

/** Counts what became of rows. Not thread-safe. */
final class RowTally {

  private long rows;
  private long skippedRows;
  private Optional<String> firstSkipped = Optional.empty();
  private long tailRows;
  private long longestRows;

  void read() {
    rows++;
  }

  void skipped(String why) {
    skippedRows++;
    firstSkipped = firstSkipped.or(() -> Optional.of(why));
  }

  void ended(long deviceRows, long deviceTailRows) {
    tailRows += deviceTailRows;
    longestRows = Math.max(longestRows, deviceRows);
  }

  /** The most rows that one device had in one file, of those that ended. */
  long longestRows() {
    return longestRows;
  }

  ReplayCounts counts() {
    return new ReplayCounts(rows, skippedRows, firstSkipped, tailRows);
  }
}
