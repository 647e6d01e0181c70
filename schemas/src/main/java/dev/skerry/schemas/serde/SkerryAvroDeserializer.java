package dev.skerry.schemas.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's {@link Deserializer} for one generated class, in Confluent's wire format. Null stays null
 * (a tombstone). Throws {@link SerializationException} for bytes that are no such record; where bad
 * bytes are to be expected, consume {@code byte[]} and use {@link AvroDecoder}. Not thread-safe,
 * like the consumers that own it.
 */
public final class SkerryAvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

  private final AvroDecoder<T> decoder;

  public SkerryAvroDeserializer(Class<T> type) {
    this.decoder = new AvroDecoder<>(type);
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka's interface says a tombstone is null.
  public T deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    Decoded<T> decoded = decoder.decode(bytes);
    if (decoded instanceof Decoded.Malformed<T> malformed) {
      throw new SerializationException(topic + ": " + malformed.detail());
    }
    if (decoded instanceof Decoded.NotYetKnown<T> unknown) {
      throw new SerializationException(topic + ": " + unknown.detail());
    }
    return ((Decoded.Value<T>) decoded).value();
  }
}
