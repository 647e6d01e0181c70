/**
 * Parquet files read with Parquet's own column and format libraries, and without Hadoop: the
 * columns that are neither nested nor repeated, row by row.
 */
@NullMarked
package dev.skerry.ingest.replay.parquet;

import org.jspecify.annotations.NullMarked;
