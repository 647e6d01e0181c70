package dev.skerry.schemas.serde;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's {@link Deserializer} for Confluent's wire format, with Confluent's settings; see {@code
 * docs/serde.md}. What is in the catalogue is read without any registry. Null stays null (a
 * tombstone). Throws for bytes that it cannot read; where such are to be expected, consume {@code
 * byte[]} and use {@link AvroDecoder}. Not thread-safe, like the consumers that own it.
 */
public final class SkerryAvroDeserializer<T> implements Deserializer<T> {

  private final Target<T> target;
  private AvroDecoder<T> decoder;

  /** What the records are to become. */
  @FunctionalInterface
  private interface Target<T> {
    DatumReaders<T> readers(SerdeConfig config);
  }

  /**
   * Generic records and plain values, or objects of generated classes with {@code
   * specific.avro.reader}; the type parameter is the caller's word for it.
   */
  @SuppressWarnings("unchecked") // As in Confluent's: what comes is what the settings say.
  public SkerryAvroDeserializer() {
    this(
        config ->
            (DatumReaders<T>)
                (config.specific()
                    ? DatumReaders.specificByName(Utils.getContextOrKafkaClassLoader())
                    : DatumReaders.generic(config.genericData())));
  }

  /** Objects of one generated class. */
  public SkerryAvroDeserializer(Class<T> type) {
    this(config -> DatumReaders.specific(type));
  }

  /** Generic records and plain values, resolved to one schema whatever they were written with. */
  @SuppressWarnings("unchecked") // The caller knows what the schema makes.
  public SkerryAvroDeserializer(Schema readerSchema) {
    this(config -> (DatumReaders<T>) DatumReaders.generic(readerSchema, config.genericData()));
  }

  private SkerryAvroDeserializer(Target<T> target) {
    this.target = target;
    this.decoder =
        new AvroDecoder<>(target.readers(SerdeConfig.DEFAULT), WriterSchemas.catalogue());
  }

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
    decoder = new AvroDecoder<>(target.readers(config), schemas);
  }

  /**
   * The record.
   *
   * @throws SerializationException for bytes that are no such record
   * @throws TimeoutException for a schema that is not known yet: the same call may succeed later
   */
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
      throw new TimeoutException(topic + ": " + unknown.detail());
    }
    return ((Decoded.Value<T>) decoded).value();
  }
}
