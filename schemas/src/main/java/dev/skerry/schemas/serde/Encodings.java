package dev.skerry.schemas.serde;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Finds the encoding of each value: by the identity of its schema object, behind that by the
 * schema's text, and only then by asking for an id. Bounded and thread-safe.
 */
final class Encodings {

  static {
    AvroSafety.enable();
  }

  static final int MAX_ENTRIES = 1000;

  private final SerdeConfig config;
  private final SchemaIds ids;
  private final Map<ByIdentity, Encoding> byIdentity = new ConcurrentHashMap<>();
  private final Map<ByText, Encoding> byText =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByText, Encoding> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  Encodings(SerdeConfig config, SchemaIds ids) {
    this.config = config;
    this.ids = ids;
  }

  private record ByText(String topic, String schema, boolean specific) {}

  private static final class ByIdentity {
    private final String topic;
    private final Schema schema;
    private final boolean specific;

    ByIdentity(String topic, Schema schema, boolean specific) {
      this.topic = topic;
      this.schema = schema;
      this.specific = specific;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Avro's equals walks the schema and ignores its text.
    public boolean equals(Object other) {
      return other instanceof ByIdentity that
          && schema == that.schema
          && specific == that.specific
          && topic.equals(that.topic);
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(schema) * 31 + topic.hashCode();
    }
  }

  /** The encoding of a value for a topic. */
  Encoding of(String topic, Object value) {
    Schema schema =
        PlainValues.schema(value)
            .orElseThrow(
                () ->
                    new SerializationException(
                        topic + ": Avro has no type for a " + value.getClass().getName()));
    boolean specific = value instanceof SpecificRecord;
    ByIdentity key = new ByIdentity(topic, schema, specific);
    Encoding known = byIdentity.get(key);
    return known != null ? known : remember(key, byText(topic, schema, specific));
  }

  private Encoding remember(ByIdentity key, Encoding encoding) {
    if (byIdentity.size() >= MAX_ENTRIES) {
      byIdentity.clear(); // Programs that parse a schema for each record find theirs by text.
    }
    byIdentity.put(key, encoding);
    return encoding;
  }

  private Encoding byText(String topic, Schema schema, boolean specific) {
    ByText key = new ByText(topic, schema.toString(), specific);
    synchronized (byText) {
      Encoding known = byText.get(key);
      if (known != null) {
        return known;
      }
    }
    Encoding made = make(ids.target(topic, schema), schema, specific);
    synchronized (byText) {
      byText.put(key, made);
    }
    return made;
  }

  private Encoding make(SchemaIds.Target target, Schema schema, boolean specific) {
    Encoding own =
        specific
            ? Encoding.specific(target.id(), schema, SpecificData.getForSchema(schema))
            : Encoding.generic(target.id(), schema, config.genericData());
    return target.schema().equals(schema) ? own : own.resolvedTo(schema, target.schema());
  }

  /** How many encodings are remembered. */
  int size() {
    synchronized (byText) {
      return byIdentity.size() + byText.size();
    }
  }
}
