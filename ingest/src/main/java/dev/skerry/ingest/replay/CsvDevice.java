package dev.skerry.ingest.replay;

import java.nio.file.Path;

/**
 * One file of a replay, as found before anything is sent.
 *
 * @param file readable, with the columns of the roles
 * @param device its device, where no column names it
 * @param firstNanos the time of its first usable row, since 1970
 * @param sizeBytes of the file
 */
record CsvDevice(Path file, String device, long firstNanos, long sizeBytes) {}
