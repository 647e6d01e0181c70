package dev.skerry.bench.prove.warehouse;

import com.fasterxml.jackson.databind.JsonNode;

/** Rows against records: each record has a number of its own. */
final class RowCheck {

  private RowCheck() {}

  /**
   * What was found.
   *
   * @param records that were written, 0 to records - 1
   * @param rows in the table
   * @param lost numbers without a row
   * @param doubled rows too many
   * @param newerRecords records of the newer schema
   * @param newerRows rows that have what it added
   */
  public record Found(
      long records, long rows, long lost, long doubled, long newerRecords, long newerRows) {

    boolean addUp() {
      return records > 0
          && rows == records
          && lost == 0
          && doubled == 0
          && newerRecords > 0
          && newerRows == newerRecords;
    }
  }

  static Found compare(RowReader reader, AggregateFeed feed) {
    JsonNode found =
        reader
            .ask(
                """
                SELECT count(*) AS n, count(DISTINCT count) AS numbers,
                       count(DISTINCT (kafkaPartition, kafkaOffset)) AS positions,
                       count(*) FILTER (count < 0 OR count >= %d) AS strange,
                       count(%s) AS newer
                FROM aggregates"""
                    .formatted(feed.written(), AggregateFeed.NEWER_COLUMN))
            .get(0);
    long rows = found.path("n").asLong();
    long numbers = found.path("numbers").asLong() - found.path("strange").asLong();
    long doubled = rows - Math.min(numbers, found.path("positions").asLong());
    return new Found(
        feed.written(),
        rows,
        feed.written() - numbers,
        doubled,
        feed.writtenNewer(),
        found.path("newer").asLong());
  }
}
