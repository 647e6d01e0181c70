package dev.skerry.ingest.body;

import dev.skerry.schemas.Readings;
import org.apache.avro.Schema;

/** The type of a window's values. */
final class FloatArrays {

  static final Schema SCHEMA = Readings.getClassSchema().getField("values").schema();

  private FloatArrays() {}
}
