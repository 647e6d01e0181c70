package dev.skerry.local.mirror;

import java.util.Locale;

/** How record batches are compressed on the link, and kept by the target's broker. */
public enum Compression {
  ZSTD,
  LZ4,
  GZIP,
  SNAPPY,
  NONE;

  /** As Kafka's {@code compression.type} names it. */
  String setting() {
    return name().toLowerCase(Locale.ROOT);
  }
}
