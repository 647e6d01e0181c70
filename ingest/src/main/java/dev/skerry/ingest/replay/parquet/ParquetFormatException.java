package dev.skerry.ingest.replay.parquet;

import java.io.IOException;

/** What is no Parquet file, or one that cannot be read here; the message says which of the two. */
public final class ParquetFormatException extends IOException {

  ParquetFormatException(String message) {
    super(message);
  }

  ParquetFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
