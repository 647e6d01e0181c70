package dev.skerry.schemas.serde;

import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's {@link Serializer} for objects of generated classes, generic records and plain values, in
 * Confluent's wire format and with its settings; see {@code docs/serde.md}. What is in the
 * catalogue is written without any registry. Null stays null (a tombstone). Thread-safe, as a
 * producer that is shared between threads calls it on all of them.
 */
public final class SkerryAvroSerializer<T> implements Serializer<T> {

  private volatile Encodings encodings = encodings(SerdeConfig.DEFAULT, WriterSchemas.catalogue());

  /** For the catalogue's records; more after {@link #configure}. */
  public SkerryAvroSerializer() {}

  /**
   * Takes the settings.
   *
   * @throws ConfigException for a value that cannot be, by the setting's name
   */
  @Override
  public void configure(Map<String, ?> settings, boolean isKey) {
    configure(SerdeConfig.of(settings, isKey), WriterSchemas.of(settings));
  }

  void configure(SerdeConfig config, WriterSchemas schemas) {
    encodings = encodings(config, schemas);
  }

  private static Encodings encodings(SerdeConfig config, WriterSchemas schemas) {
    return new Encodings(config, new SchemaIds(config, schemas));
  }

  /**
   * The record's bytes.
   *
   * @throws SerializationException for a value that does not fit its schema, or a schema without an
   *     id, with what to do about it
   * @throws TimeoutException where no registry answers and one is needed: the same call may succeed
   *     later
   */
  @Override
  @SuppressWarnings("NullAway") // Kafka's interface says a tombstone is null.
  public byte[] serialize(String topic, @Nullable T value) {
    if (value == null) {
      return null;
    }
    Encoding encoding = encodings.of(topic, value);
    try {
      return encoding.encode(value);
    } catch (AvroRuntimeException
        | ClassCastException
        | NullPointerException
        | IndexOutOfBoundsException e) {
      throw new SerializationException(
          topic + ": the value does not fit its schema: " + e.getMessage(), e);
    }
  }
}
