/**
 * Parquet files written with Parquet's own format library, and without Hadoop: flat columns and
 * lists of floats, plain values, one page a column and row group, packed with zstd. The same rows
 * give the same bytes.
 */
@NullMarked
package dev.skerry.retrain.dataset.parquet;

import org.jspecify.annotations.NullMarked;
