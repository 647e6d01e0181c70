package dev.skerry.schemas.serde;

import dev.skerry.schemas.DeadLetterReason;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in Confluent's wire format to records of one generated class, resolving older and newer
 * writer's schemas of the catalogue. Never throws for bad bytes. Not thread-safe: one per thread.
 */
public final class AvroDecoder<T extends SpecificRecord> {

  static {
    AvroSafety.enable();
  }

  private final SchemaCatalogue catalogue;
  private final Schema readerSchema;
  private final long readerFingerprint;
  private final SpecificData data;
  private final Map<Integer, DatumReader<T>> readerByWriterId = new HashMap<>();
  private @Nullable BinaryDecoder reused;

  public AvroDecoder(Class<T> type) {
    this(type, SchemaCatalogue.released());
  }

  AvroDecoder(Class<T> type, SchemaCatalogue catalogue) {
    this.catalogue = catalogue;
    this.data = SpecificData.getForClass(type);
    this.readerSchema = data.getSchema(type);
    this.readerFingerprint = SchemaCatalogue.fingerprint(readerSchema);
  }

  /** Decodes one record, all of it: bytes left over make it malformed. */
  public Decoded<T> decode(byte[] bytes) {
    if (!WireFormat.isFramed(bytes)) {
      return new Decoded.Malformed<>(DeadLetterReason.NOT_AVRO, describeUnframed(bytes));
    }
    int writerId = WireFormat.schemaId(bytes);
    Optional<DatumReader<T>> reader = reader(writerId);
    return reader.isPresent() ? read(reader.get(), bytes) : unknown(writerId);
  }

  private Decoded<T> unknown(int writerId) {
    if (SchemaCatalogue.isReserved(writerId) && catalogue.schema(writerId).isEmpty()) {
      return new Decoded.NotYetKnown<>(
          writerId,
          "Schema id "
              + writerId
              + " is of a newer release of Skerry; upgrade to read the record.");
    }
    return new Decoded.Malformed<>(
        DeadLetterReason.UNKNOWN_SCHEMA, "Schema id " + writerId + " is not in the catalogue.");
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
        "The bytes are not a " + readerSchema.getName() + " in their schema: " + why);
  }

  private Optional<DatumReader<T>> reader(int writerId) {
    DatumReader<T> known = readerByWriterId.get(writerId);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<DatumReader<T>> made =
        catalogue.schema(writerId).filter(this::sameRecord).map(this::newReader);
    made.ifPresent(reader -> readerByWriterId.put(writerId, reader));
    return made;
  }

  /** A detection in the telemetry topic is as foreign as an unknown id. */
  private boolean sameRecord(Schema writerSchema) {
    return writerSchema.getFullName().equals(readerSchema.getFullName());
  }

  private DatumReader<T> newReader(Schema writerSchema) {
    boolean same = SchemaCatalogue.fingerprint(writerSchema) == readerFingerprint;
    return new SpecificDatumReader<>(same ? readerSchema : writerSchema, readerSchema, data);
  }

  private static String describeUnframed(byte[] bytes) {
    return bytes.length < WireFormat.HEADER_BYTES
        ? "The value has " + bytes.length + " bytes, too few for a schema id."
        : "The value begins with byte " + (bytes[0] & 0xFF) + " where the wire format has 0.";
  }
}
