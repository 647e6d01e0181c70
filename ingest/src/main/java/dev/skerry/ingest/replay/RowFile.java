package dev.skerry.ingest.replay;

/**
 * One file of a replay, as found before anything is sent.
 *
 * @param input readable, with the columns of the roles
 * @param format how its rows are written
 * @param device its device, where no column names it
 * @param firstNanos the time of its first usable row, since 1970
 * @param sizeBytes of the file; 0 where that is not known
 */
record RowFile(Input input, Format format, String device, long firstNanos, long sizeBytes) {}
