package dev.skerry.schemas.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Decoder;
import org.jspecify.annotations.Nullable;

/**
 * Values that are no records, as Confluent's serializers treat them: each has the plain schema of
 * its type, a text is read as a String, and bytes stand as they are, without Avro's length.
 */
final class PlainValues {

  private static final Map<Class<?>, Schema> SCHEMAS =
      Map.of(
          Boolean.class, Schema.create(Schema.Type.BOOLEAN),
          Integer.class, Schema.create(Schema.Type.INT),
          Long.class, Schema.create(Schema.Type.LONG),
          Float.class, Schema.create(Schema.Type.FLOAT),
          Double.class, Schema.create(Schema.Type.DOUBLE),
          String.class, Schema.create(Schema.Type.STRING),
          byte[].class, Schema.create(Schema.Type.BYTES));

  private PlainValues() {}

  /** The schema of a value; empty for a type that Avro does not have. */
  static Optional<Schema> schema(Object value) {
    if (value instanceof GenericContainer container) {
      return Optional.of(container.getSchema());
    }
    if (value instanceof CharSequence) {
      return Optional.ofNullable(SCHEMAS.get(String.class));
    }
    return Optional.ofNullable(
        SCHEMAS.get(value instanceof ByteBuffer ? byte[].class : value.getClass()));
  }

  static DatumReader<Object> reader(GenericDatumReader<Object> reader) {
    return switch (reader.getSchema().getType()) {
      case BYTES -> new RawBytes();
      case STRING -> new Text(reader);
      default -> reader;
    };
  }

  /** All bytes that there are. */
  private static final class RawBytes implements DatumReader<Object> {

    @Override
    public void setSchema(Schema schema) {
      // There is only one for bytes.
    }

    @Override
    public Object read(@Nullable Object reuse, Decoder in) throws IOException {
      return ((BinaryDecoder) in).inputStream().readAllBytes();
    }
  }

  /** Avro's text as a String. */
  private record Text(DatumReader<Object> reader) implements DatumReader<Object> {

    @Override
    public void setSchema(Schema schema) {
      reader.setSchema(schema);
    }

    @Override
    public Object read(@Nullable Object reuse, Decoder in) throws IOException {
      return reader.read(reuse, in).toString();
    }
  }
}
