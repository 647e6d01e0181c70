package dev.skerry.warehouse.convert;

import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.serde.SkerryAvroSerializer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Kafka Connect's {@link Converter} for Avro in Confluent's wire format, on the serde of this
 * project and with its settings; see {@code docs/warehouse.md}. What is in the catalogue is read
 * without any registry; while a registry that is needed is away, it asks Connect to try again. Not
 * thread-safe: Connect makes one for each task.
 */
public final class SkerryAvroConverter implements Converter {

  /** The full name of the only record that is taken; any where it is not set. */
  public static final String RECORD_NAME = "record.name";

  private static final int MAX_SCHEMAS = 1000;

  private final SkerryAvroDeserializer<Object> deserializer = new SkerryAvroDeserializer<>();
  private final SkerryAvroSerializer<Object> serializer = new SkerryAvroSerializer<>();
  private final Map<Schema, FromAvro> compiled = new HashMap<>();
  private final Map<org.apache.kafka.connect.data.Schema, Schema> written = new HashMap<>();
  private Optional<Admission> admission = Optional.empty();
  private @Nullable Schema lastSchema;
  private @Nullable FromAvro last;

  @Override
  public ConfigDef config() {
    return new ConfigDef()
        .define(
            RECORD_NAME,
            ConfigDef.Type.STRING,
            "",
            ConfigDef.Importance.MEDIUM,
            "full name of the only record that is taken, others are refused; empty for any");
  }

  @Override
  public void configure(Map<String, ?> settings, boolean isKey) {
    Map<String, Object> serde = new HashMap<>(settings);
    Object recordName = serde.remove(RECORD_NAME);
    admission =
        Optional.ofNullable(recordName)
            .map(Object::toString)
            .filter(name -> !name.isBlank())
            .map(Admission::of);
    deserializer.configure(serde, isKey);
    serializer.configure(serde, isKey);
  }

  @Override
  public SchemaAndValue toConnectData(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return SchemaAndValue.NULL;
    }
    Object value = deserialized(topic, bytes);
    FromAvro conversion =
        conversion(value instanceof GenericContainer known ? known.getSchema() : plain(value));
    try {
      return new SchemaAndValue(conversion.schema(), conversion.convert(value));
    } catch (DataException e) {
      throw new DataException(topic + ": " + e.getMessage(), e);
    }
  }

  private Object deserialized(String topic, byte[] bytes) {
    try {
      return deserializer.deserialize(topic, bytes);
    } catch (TimeoutException e) {
      throw new RetriableException(e.getMessage(), e);
    } catch (SerializationException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  /** Records come with the same schema object for each writer's schema: mostly the last one. */
  @SuppressWarnings("ReferenceEquality") // To compare two schemas takes longer than to convert.
  private FromAvro conversion(Schema schema) {
    FromAvro same = last;
    if (same != null && schema == lastSchema) {
      return same;
    }
    FromAvro conversion = compiled.get(schema);
    if (conversion == null) {
      admission.ifPresent(table -> table.require(schema));
      conversion = AvroSchemas.compile(schema);
      if (compiled.size() >= MAX_SCHEMAS) {
        compiled.clear();
      }
      compiled.put(schema, conversion);
    }
    lastSchema = schema;
    last = conversion;
    return conversion;
  }

  private static Schema plain(Object value) {
    Schema.Type type;
    if (value instanceof byte[]) {
      type = Schema.Type.BYTES;
    } else if (value instanceof CharSequence) {
      type = Schema.Type.STRING;
    } else {
      type = Schema.Type.valueOf(primitive(value));
    }
    return Schema.create(type);
  }

  private static String primitive(Object value) {
    if (value instanceof Integer) {
      return "INT";
    }
    if (value instanceof Boolean
        || value instanceof Long
        || value instanceof Float
        || value instanceof Double) {
      return value.getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT);
    }
    throw new DataException(
        "A value of type " + value.getClass().getSimpleName() + " has no schema of its own");
  }

  @Override
  @SuppressWarnings("NullAway") // Connect's interface says that a tombstone is null.
  public byte @Nullable [] fromConnectData(
      String topic, org.apache.kafka.connect.data.@Nullable Schema schema, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (schema == null) {
      throw new DataException(topic + ": a value without a schema cannot be written as Avro");
    }
    Schema avro = written.computeIfAbsent(schema, ConnectSchemas::toAvro);
    try {
      return serializer.serialize(topic, ToAvro.convert(value, avro));
    } catch (TimeoutException e) {
      throw new RetriableException(e.getMessage(), e);
    } catch (SerializationException e) {
      throw new DataException(e.getMessage(), e);
    }
  }
}
