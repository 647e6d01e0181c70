package dev.skerry.service.streams;

import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WriterSchemas;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bytes to values or dead letters, record by record. Belongs to one stream task. */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
final class Decoding<T extends SpecificRecord>
    implements FixedKeyProcessor<byte[], byte[], Reading<T>> {

  private static final Logger log = LoggerFactory.getLogger(Decoding.class);

  private final AvroDecoder<T> decoder;
  private final Function<T, Decoded<T>> rules;
  private final DeadLetters letters;
  private FixedKeyProcessorContext<byte[], Reading<T>> context;

  Decoding(
      Class<T> type, WriterSchemas schemas, Function<T, Decoded<T>> rules, DeadLetters letters) {
    this.decoder = new AvroDecoder<>(type, schemas);
    this.rules = rules;
    this.letters = letters;
  }

  @Override
  public void init(FixedKeyProcessorContext<byte[], Reading<T>> initial) {
    context = initial;
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> record) {
    context.forward(record.withValue(read(record)));
  }

  private Reading<T> read(FixedKeyRecord<byte[], byte[]> record) {
    Decoded<T> decoded = decode(record.value());
    if (decoded instanceof Decoded.Value<T> value) {
      return new Reading.Value<>(value.value(), record.value());
    }
    return new Reading.Dead<>(
        letters.of(
            (Decoded.Malformed<T>) decoded,
            record,
            context.recordMetadata().orElseThrow(),
            context.currentSystemTimeMs()));
  }

  private Decoded<T> decode(byte @Nullable [] bytes) {
    if (bytes == null) {
      return new Decoded.Malformed<>(DeadLetterReason.NOT_AVRO, "The record has no value.");
    }
    Decoded<T> decoded = decoder.decode(bytes);
    if (decoded instanceof Decoded.NotYetKnown<T> unknown) {
      // Parking keeps such records back, but the registry may have gone away since it looked.
      // Streams
      // rolls the task back to its last commit, and then the record is kept back.
      log.warn("The task {} goes back to its last commit: {}", context.taskId(), unknown.detail());
      throw new TaskCorruptedException(Set.of(context.taskId()));
    }
    return decoded instanceof Decoded.Value<T> value ? rules.apply(value.value()) : decoded;
  }
}
