package dev.skerry.aggregator.answers;

import dev.skerry.schemas.AnswerEntry;
import dev.skerry.schemas.AnswerVerdict;
import dev.skerry.schemas.SourceHeader;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WireFormat;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads which telemetry a record answers, and as little else of it as can be: of a detection and a
 * dead letter what stands before {@code source} is skipped and what follows is not read. Never
 * throws for bad bytes. Not thread-safe.
 */
final class AnswerReader {

  private static final String SOURCE = "source";
  private static final String STAGE = "stage";
  private static final String INFERENCE = "inference";

  private final WriterSchemas schemas;
  private final AvroDecoder<AnswerEntry> entries;
  private final Map<Integer, Schema> schemaById = new HashMap<>();
  private @Nullable BinaryDecoder reused;

  /** What became of a record. */
  sealed interface Outcome {}

  /** What it answers was handed over, if it is an answer. */
  record Done() implements Outcome {}

  /** It is no answer that anybody could read. */
  record Unreadable() implements Outcome {}

  /**
   * A newer release wrote it, or the registry that knows its schema is away.
   *
   * @param detail which schema it is, in one sentence
   */
  record NotYetReadable(String detail) implements Outcome {}

  private static final Outcome DONE = new Done();
  private static final Outcome UNREADABLE = new Unreadable();

  /** Takes answers. */
  @FunctionalInterface
  interface Receiver {
    void answered(TopicPartition source, long offset);
  }

  AnswerReader(WriterSchemas schemas) {
    this.schemas = schemas;
    this.entries = new AvroDecoder<>(AnswerEntry.class, schemas);
  }

  /** Hands over what the record answers, where that can be read. */
  Outcome read(ConsumerRecord<byte[], byte[]> record, Receiver receiver) {
    if (record.topic().equals(Topics.TELEMETRY_OVERFLOW.name())) {
      return readCopy(record, receiver) ? DONE : UNREADABLE;
    }
    byte[] value = record.value();
    if (value == null || !WireFormat.isFramed(value)) {
      return UNREADABLE;
    }
    if (record.topic().equals(Topics.ANSWER_LEDGER.name())) {
      return readIgnored(value, receiver);
    }
    int id = WireFormat.schemaId(value);
    Schema known = schemaById.get(id);
    return known == null ? readFirst(id, value, receiver) : read(value, known, receiver);
  }

  /** With an id that was not read yet. */
  private Outcome readFirst(int id, byte[] value, Receiver receiver) {
    WriterSchemas.Found found = schemas.schema(id);
    if (found instanceof WriterSchemas.NotYetKnown unknown) {
      return new NotYetReadable(unknown.detail());
    }
    if (found instanceof WriterSchemas.Known writer
        && writer.schema().getType() == Schema.Type.RECORD) {
      schemaById.put(id, writer.schema());
      return read(value, writer.schema(), receiver);
    }
    return UNREADABLE;
  }

  private Outcome read(byte[] value, Schema schema, Receiver receiver) {
    try {
      return readSource(value, schema, receiver) ? DONE : UNREADABLE;
    } catch (IOException
        | AvroRuntimeException
        | UnsupportedOperationException
        | IndexOutOfBoundsException
        | NegativeArraySizeException e) {
      return UNREADABLE;
    }
  }

  /** Telemetry that is passed on as it is, to be answered in the cloud. */
  private static boolean readCopy(ConsumerRecord<byte[], byte[]> record, Receiver receiver) {
    Optional<SourceRef> original = SourceHeader.read(record.headers());
    original.ifPresent(
        source ->
            receiver.answered(
                new TopicPartition(source.getTopic(), source.getPartition()), source.getOffset()));
    return original.isPresent();
  }

  private boolean readSource(byte[] value, Schema schema, Receiver receiver) throws IOException {
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(
                value, WireFormat.HEADER_BYTES, value.length - WireFormat.HEADER_BYTES, reused);
    reused = decoder;
    for (Schema.Field field : schema.getFields()) {
      if (field.name().equals(STAGE)) {
        if (!decoder.readString().equals(INFERENCE)) {
          return true; // The same telemetry may be given up later on by other parts: no answer.
        }
      } else if (field.name().equals(SOURCE)) {
        readSourceRef(decoder, field.schema(), receiver);
        return true;
      } else {
        GenericDatumReader.skip(field.schema(), decoder);
      }
    }
    return false;
  }

  private static void readSourceRef(BinaryDecoder decoder, Schema schema, Receiver receiver)
      throws IOException {
    String topic = "";
    int partition = 0;
    long offset = 0;
    for (Schema.Field field : schema.getFields()) {
      switch (field.name()) {
        case "topic" -> topic = decoder.readString();
        case "partition" -> partition = decoder.readInt();
        case "offset" -> offset = decoder.readLong();
        default -> GenericDatumReader.skip(field.schema(), decoder);
      }
    }
    receiver.answered(new TopicPartition(topic, partition), offset);
  }

  private Outcome readIgnored(byte[] value, Receiver receiver) {
    Decoded<AnswerEntry> read = entries.decode(value);
    if (read instanceof Decoded.NotYetKnown<AnswerEntry> unknown) {
      return new NotYetReadable(unknown.detail());
    }
    if (!(read instanceof Decoded.Value<AnswerEntry> decoded)) {
      return UNREADABLE;
    }
    AnswerEntry entry = decoded.value();
    ByteBuffer offsets = entry.getOffsets();
    if (entry.getVerdict() == AnswerVerdict.IGNORED && offsets != null) {
      TopicPartition source = new TopicPartition(entry.getTopic(), entry.getPartition());
      BitSet.valueOf(offsets).stream()
          .forEach(bit -> receiver.answered(source, entry.getFirstOffset() + bit));
    }
    return DONE;
  }
}
