package dev.skerry.schemas.serde;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's {@link Serializer} for generated classes, in Confluent's wire format. Null stays null (a
 * tombstone). Not thread-safe, as Kafka's producers call it under the caller's thread: give each
 * producer that is shared between threads a {@code byte[]} serializer and encode before sending.
 */
public final class SkerryAvroSerializer<T extends SpecificRecord> implements Serializer<T> {

  private final Map<Class<?>, AvroEncoder<T>> encoders = new HashMap<>();

  @Override
  @SuppressWarnings("NullAway") // Kafka's interface says a tombstone is null.
  public byte[] serialize(String topic, @Nullable T value) {
    return value == null ? null : encoder(value).encode(value);
  }

  @SuppressWarnings("unchecked") // The encoder is looked up by the value's own class.
  private AvroEncoder<T> encoder(T value) {
    return encoders.computeIfAbsent(value.getClass(), type -> new AvroEncoder<>((Class<T>) type));
  }
}
