package dev.skerry.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records of one generated class to bytes in Confluent's wire format, with the schema's id from the
 * catalogue. Not thread-safe: one per thread.
 */
public final class AvroEncoder<T extends SpecificRecord> {

  static {
    AvroSafety.enable();
  }

  private final DatumWriter<T> writer;
  private final byte[] header = new byte[WireFormat.HEADER_BYTES];
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
  private @Nullable BinaryEncoder reused;

  /** Throws {@link IllegalArgumentException} for a class whose schema was never released. */
  public AvroEncoder(Class<T> type) {
    SpecificData data = SpecificData.getForClass(type);
    Schema schema = data.getSchema(type);
    int id =
        SchemaCatalogue.released()
            .id(schema)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        schema.getFullName() + " is not in the schema catalogue"));
    this.writer = new SpecificDatumWriter<>(schema, data);
    WireFormat.writeHeader(header, id);
  }

  /** Encodes one record. */
  public byte[] encode(T value) {
    buffer.reset();
    buffer.writeBytes(header);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(buffer, reused);
    reused = encoder;
    try {
      writer.write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return buffer.toByteArray();
  }
}
