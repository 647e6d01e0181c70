package dev.skerry.ingest.replay;

import java.util.Optional;

/**
 * What became of the rows so far.
 *
 * @param rows that were read and could be used
 * @param skippedRows that could not be used and were skipped as asked
 * @param firstSkipped where and why the first of those was
 * @param tailRows at the ends of files that did not fill a window and are in no record
 */
public record ReplayCounts(
    long rows, long skippedRows, Optional<String> firstSkipped, long tailRows) {}
