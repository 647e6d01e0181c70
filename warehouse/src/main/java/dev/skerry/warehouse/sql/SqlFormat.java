package dev.skerry.warehouse.sql;

/** How an answer is written. */
public enum SqlFormat {
  /** Columns side by side, for people. */
  TABLE,
  /** RFC 4180 with a header. */
  CSV,
  /** A JSON object for each row, one a line. */
  JSON
}
