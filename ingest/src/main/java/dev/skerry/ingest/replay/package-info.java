/**
 * Files of rows (CSV, JSON lines, Parquet) as devices: which files and columns, rows to windows of
 * readings, several files in the order of their event times.
 */
@NullMarked
package dev.skerry.ingest.replay;

import org.jspecify.annotations.NullMarked;
