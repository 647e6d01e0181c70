package dev.skerry.schemas.serde;

import dev.skerry.schemas.DeadLetterReason;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in Confluent's wire format to values, resolving older and newer writer's schemas. Never
 * throws for bad bytes. Not thread-safe: one per thread.
 */
public final class AvroDecoder<T> {

  static {
    AvroSafety.enable();
  }

  private static final int MAX_READERS = 1000;

  private final WriterSchemas schemas;
  private final DatumReaders<T> readers;
  private final Map<Integer, DatumReader<T>> readerByWriterId =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, DatumReader<T>> eldest) {
          return size() > MAX_READERS;
        }
      };
  private int lastWriterId;
  private @Nullable DatumReader<T> lastReader;
  private @Nullable BinaryDecoder reused;

  /** For one generated class, with the schemas of the catalogue. */
  public AvroDecoder(Class<T> type) {
    this(type, WriterSchemas.catalogue());
  }

  /** For one generated class. */
  public AvroDecoder(Class<T> type, WriterSchemas schemas) {
    this(DatumReaders.specific(type), schemas);
  }

  AvroDecoder(DatumReaders<T> readers, WriterSchemas schemas) {
    this.readers = readers;
    this.schemas = schemas;
  }

  /** Decodes one record, all of it: bytes left over make it malformed. */
  public Decoded<T> decode(byte[] bytes) {
    if (!WireFormat.isFramed(bytes)) {
      return new Decoded.Malformed<>(DeadLetterReason.NOT_AVRO, describeUnframed(bytes));
    }
    int writerId = WireFormat.schemaId(bytes);
    DatumReader<T> reader = lastReader;
    if (reader == null || writerId != lastWriterId) {
      reader = readerByWriterId.get(writerId);
      if (reader == null) {
        return decodeFirst(writerId, bytes);
      }
      lastWriterId = writerId;
      lastReader = reader;
    }
    return read(reader, bytes);
  }

  /** With an id that no reader was made for yet. */
  private Decoded<T> decodeFirst(int writerId, byte[] bytes) {
    WriterSchemas.Found found = schemas.schema(writerId);
    if (found instanceof WriterSchemas.NotYetKnown unknown) {
      return new Decoded.NotYetKnown<>(writerId, unknown.detail());
    }
    if (found instanceof WriterSchemas.Foreign foreign) {
      return new Decoded.Malformed<>(DeadLetterReason.UNKNOWN_SCHEMA, foreign.detail());
    }
    Schema schema = ((WriterSchemas.Known) found).schema();
    DatumReaders.Made<T> made = readers.make(schema);
    if (made instanceof DatumReaders.Impossible<T> impossible) {
      return new Decoded.Malformed<>(
          DeadLetterReason.UNKNOWN_SCHEMA, "Schema id " + writerId + " " + impossible.why());
    }
    DatumReader<T> reader = ((DatumReaders.Reader<T>) made).reader();
    readerByWriterId.put(writerId, reader);
    return read(reader, bytes);
  }

  private Decoded<T> read(DatumReader<T> reader, byte[] bytes) {
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(
                bytes, WireFormat.HEADER_BYTES, bytes.length - WireFormat.HEADER_BYTES, reused);
    reused = decoder;
    try {
      T value = reader.read(null, decoder);
      return decoder.isEnd() ? new Decoded.Value<>(value) : undecodable("bytes are left over");
    } catch (IOException
        | AvroRuntimeException
        | UnsupportedOperationException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | ClassCastException e) {
      return undecodable(e.toString());
    }
  }

  private Decoded<T> undecodable(String why) {
    return new Decoded.Malformed<>(
        DeadLetterReason.UNDECODABLE,
        "The bytes are not a " + readers.expected() + " in their schema: " + why);
  }

  private static String describeUnframed(byte[] bytes) {
    return bytes.length < WireFormat.HEADER_BYTES
        ? "The value has " + bytes.length + " bytes, too few for a schema id."
        : "The value begins with byte " + (bytes[0] & 0xFF) + " where the wire format has 0.";
  }
}
