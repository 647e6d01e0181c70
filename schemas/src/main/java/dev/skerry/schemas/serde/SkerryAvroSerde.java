package dev.skerry.schemas.serde;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka Streams' {@link Serde} in Confluent's wire format, with Confluent's settings. Thread-safe,
 * as Streams shares a serde between its threads: each reads with a deserializer of its own.
 */
public final class SkerryAvroSerde<T> implements Serde<T> {

  private final SkerryAvroSerializer<T> serializer = new SkerryAvroSerializer<>();
  private final PerThread<T> deserializer;

  /**
   * As {@code default.value.serde}; see {@link SkerryAvroDeserializer#SkerryAvroDeserializer()}.
   */
  public SkerryAvroSerde() {
    this(SkerryAvroDeserializer::new);
  }

  private SkerryAvroSerde(Supplier<SkerryAvroDeserializer<T>> deserializers) {
    this.deserializer = new PerThread<>(deserializers);
  }

  /** For objects of one generated class. */
  public static <T> SkerryAvroSerde<T> of(Class<T> type) {
    return new SkerryAvroSerde<>(() -> new SkerryAvroDeserializer<>(type));
  }

  /**
   * Takes the settings.
   *
   * @throws ConfigException for a value that cannot be, by the setting's name
   */
  @Override
  public void configure(Map<String, ?> settings, boolean isKey) {
    SerdeConfig config = SerdeConfig.of(settings, isKey);
    WriterSchemas schemas = WriterSchemas.of(settings);
    serializer.configure(config, schemas);
    deserializer.configure(config, schemas);
  }

  @Override
  public Serializer<T> serializer() {
    return serializer;
  }

  @Override
  public Deserializer<T> deserializer() {
    return deserializer;
  }

  /** A deserializer for each thread, all with the same settings. */
  private static final class PerThread<T> implements Deserializer<T> {
    private final Supplier<SkerryAvroDeserializer<T>> made;
    private volatile ThreadLocal<SkerryAvroDeserializer<T>> own;

    PerThread(Supplier<SkerryAvroDeserializer<T>> made) {
      this.made = made;
      this.own = ThreadLocal.withInitial(made);
    }

    void configure(SerdeConfig config, WriterSchemas schemas) {
      own =
          ThreadLocal.withInitial(
              () -> {
                SkerryAvroDeserializer<T> deserializer = made.get();
                deserializer.configure(config, schemas);
                return deserializer;
              });
    }

    @Override
    public T deserialize(String topic, byte @Nullable [] bytes) {
      return own.get().deserialize(topic, bytes);
    }
  }
}
