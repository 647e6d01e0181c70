package dev.skerry.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/** Values of one schema to bytes with its id. Thread-safe: Avro's writers keep no state. */
final class Encoding {

  /** What is larger than this is not kept for the next record. */
  private static final int MAX_KEPT_BYTES = 1 << 20;

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private final byte[] header;
  private final DatumWriter<Object> writer;

  private Encoding(int id, DatumWriter<Object> writer) {
    this(header(id), writer);
  }

  private Encoding(byte[] header, DatumWriter<Object> writer) {
    this.header = header;
    this.writer = writer;
  }

  private static byte[] header(int id) {
    byte[] header = new byte[WireFormat.HEADER_BYTES];
    WireFormat.writeHeader(header, id);
    return header;
  }

  /** For objects of generated classes. */
  static Encoding specific(int id, Schema schema, SpecificData data) {
    return new Encoding(id, new SpecificDatumWriter<>(schema, data));
  }

  /** For generic records and plain values. */
  static Encoding generic(int id, Schema schema, GenericData data) {
    return schema.getType() == Schema.Type.BYTES
        ? new Encoding(id, new RawBytes())
        : new Encoding(id, new GenericDatumWriter<>(schema, data));
  }

  /**
   * The same values, written with another schema as far as Avro can resolve the one to the other.
   */
  Encoding resolvedTo(Schema own, Schema written) {
    return new Encoding(header, new Resolving(writer, own, written));
  }

  byte[] encode(Object value) {
    Scratch scratch = SCRATCH.get();
    ByteArrayOutputStream buffer = scratch.buffer;
    buffer.reset();
    buffer.writeBytes(header);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(buffer, scratch.encoder);
    scratch.encoder = encoder;
    try {
      writer.write(value, encoder);
      encoder.flush();
      return buffer.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    } finally {
      if (buffer.size() > MAX_KEPT_BYTES) {
        SCRATCH.remove();
      }
    }
  }

  private static final class Scratch {
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    private @Nullable BinaryEncoder encoder;
  }

  /** Reads what it wrote with another schema, and writes that. */
  private static final class Resolving implements DatumWriter<Object> {
    private final DatumWriter<Object> ownWriter;
    private final DatumReader<Object> reader;
    private final DatumWriter<Object> writer;

    Resolving(DatumWriter<Object> ownWriter, Schema own, Schema written) {
      this.ownWriter = ownWriter;
      this.reader = new GenericDatumReader<>(own, written);
      this.writer = new GenericDatumWriter<>(written);
    }

    @Override
    public void setSchema(Schema schema) {
      writer.setSchema(schema);
    }

    @Override
    public void write(Object value, Encoder out) throws IOException {
      ByteArrayOutputStream buffer = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(buffer, null);
      ownWriter.write(value, encoder);
      encoder.flush();
      Decoder decoder = DecoderFactory.get().binaryDecoder(buffer.toByteArray(), null);
      writer.write(reader.read(null, decoder), out);
    }
  }

  /** Bytes as they are, without Avro's length. */
  private static final class RawBytes implements DatumWriter<Object> {

    @Override
    public void setSchema(Schema schema) {
      // There is only one for bytes.
    }

    @Override
    public void write(Object value, Encoder out) throws IOException {
      ByteBuffer bytes =
          value instanceof byte[] array ? ByteBuffer.wrap(array) : ((ByteBuffer) value).duplicate();
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      out.writeFixed(copy);
    }
  }
}
