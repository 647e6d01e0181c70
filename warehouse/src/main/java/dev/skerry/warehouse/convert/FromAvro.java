package dev.skerry.warehouse.convert;

import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** Turns Avro's values of one schema into Connect's. Immutable and thread-safe. */
interface FromAvro {

  /** The schema of what comes out. */
  Schema schema();

  /**
   * One value, never null.
   *
   * @throws org.apache.kafka.connect.errors.DataException for a value that Connect cannot hold
   */
  Object convert(Object value);

  /** The same where null stands for nothing. */
  default @Nullable Object convertNullable(@Nullable Object value) {
    return value == null ? null : convert(value);
  }
}
