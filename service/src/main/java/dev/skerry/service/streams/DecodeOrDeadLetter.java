package dev.skerry.service.streams;

import static java.util.Objects.requireNonNull;

import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import java.time.Clock;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * The first step of a topology: bytes to records of one class. A Kafka deserializer that throws
 * would stall the partition at that offset for ever; here bad bytes become a value of their own.
 *
 * @param type the expected class
 * @param rules what a record must obey beyond its schema: returns it, or why it is refused
 * @param letters makes the dead letters
 */
public record DecodeOrDeadLetter<T extends SpecificRecord>(
    Class<T> type, Function<T, Decoded<T>> rules, DeadLetters letters)
    implements FixedKeyProcessorSupplier<byte[], byte[], Reading<T>> {

  /** For a part of a site. */
  public static <T extends SpecificRecord> DecodeOrDeadLetter<T> of(
      Class<T> type, Function<T, Decoded<T>> rules, String siteId, String stage, Clock clock) {
    return new DecodeOrDeadLetter<>(type, rules, new DeadLetters(siteId, stage, clock));
  }

  @Override
  public FixedKeyProcessor<byte[], byte[], Reading<T>> get() {
    return new Decoding<>(new AvroDecoder<>(type), rules, letters);
  }

  private static final class Decoding<T extends SpecificRecord>
      implements FixedKeyProcessor<byte[], byte[], Reading<T>> {

    private final AvroDecoder<T> decoder;
    private final Function<T, Decoded<T>> rules;
    private final DeadLetters letters;
    private @Nullable FixedKeyProcessorContext<byte[], Reading<T>> context;

    Decoding(AvroDecoder<T> decoder, Function<T, Decoded<T>> rules, DeadLetters letters) {
      this.decoder = decoder;
      this.rules = rules;
      this.letters = letters;
    }

    @Override
    public void init(FixedKeyProcessorContext<byte[], Reading<T>> initial) {
      context = initial;
    }

    @Override
    public void process(FixedKeyRecord<byte[], byte[]> record) {
      FixedKeyProcessorContext<byte[], Reading<T>> to = requireNonNull(context);
      to.forward(record.withValue(read(record, to)));
    }

    private Reading<T> read(
        FixedKeyRecord<byte[], byte[]> record, FixedKeyProcessorContext<?, ?> at) {
      Decoded<T> decoded = decode(record.value());
      if (decoded instanceof Decoded.Value<T> value) {
        return new Reading.Value<>(value.value());
      }
      return new Reading.Dead<>(
          letters.of((Decoded.Malformed<T>) decoded, record, at.recordMetadata().orElseThrow()));
    }

    private Decoded<T> decode(byte @Nullable [] bytes) {
      if (bytes == null) {
        return new Decoded.Malformed<>(DeadLetterReason.NOT_AVRO, "The record has no value.");
      }
      Decoded<T> decoded = decoder.decode(bytes);
      return decoded instanceof Decoded.Value<T> value ? rules.apply(value.value()) : decoded;
    }
  }
}
