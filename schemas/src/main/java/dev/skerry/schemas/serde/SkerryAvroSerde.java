package dev.skerry.schemas.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Kafka Streams' {@link Serde} for one generated class. Streams shares a serde between its threads,
 * so each call of {@link #serializer} and {@link #deserializer} hands out a thread-confined view.
 */
public final class SkerryAvroSerde<T extends SpecificRecord> implements Serde<T> {

  private final Serializer<T> serializer;
  private final Deserializer<T> deserializer;

  private SkerryAvroSerde(Class<T> type) {
    ThreadLocal<SkerryAvroSerializer<T>> serializers =
        ThreadLocal.withInitial(SkerryAvroSerializer::new);
    ThreadLocal<SkerryAvroDeserializer<T>> deserializers =
        ThreadLocal.withInitial(() -> new SkerryAvroDeserializer<>(type));
    this.serializer = (topic, value) -> serializers.get().serialize(topic, value);
    this.deserializer = (topic, bytes) -> deserializers.get().deserialize(topic, bytes);
  }

  public static <T extends SpecificRecord> SkerryAvroSerde<T> of(Class<T> type) {
    return new SkerryAvroSerde<>(type);
  }

  @Override
  public Serializer<T> serializer() {
    return serializer;
  }

  @Override
  public Deserializer<T> deserializer() {
    return deserializer;
  }
}
