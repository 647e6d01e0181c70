package dev.skerry.aggregator.window;

import dev.skerry.schemas.AggregateKey;
import dev.skerry.schemas.serde.SkerryAvroSerde;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Window keys in internal topics: as the keys of {@code aggregates}. Thread-safe. */
final class WindowKeySerde implements Serde<WindowKey> {

  private final SkerryAvroSerde<AggregateKey> avro = SkerryAvroSerde.of(AggregateKey.class);

  @Override
  public Serializer<WindowKey> serializer() {
    return (topic, key) -> avro.serializer().serialize(topic, key.toAvro());
  }

  @Override
  public Deserializer<WindowKey> deserializer() {
    return (topic, bytes) -> WindowKey.of(avro.deserializer().deserialize(topic, bytes));
  }
}
