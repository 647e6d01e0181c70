package dev.skerry.schemas.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** What stands in a schema for Java alone. */
final class JavaProperties {

  private static final ObjectMapper JSON = new ObjectMapper();

  private JavaProperties() {}

  /** The schema's text without the hint that texts are Strings. */
  static String removed(Schema schema) {
    try {
      JsonNode text = JSON.readTree(schema.toString());
      remove(text);
      return new Schema.Parser().parse(text.toString()).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a schema's own text is JSON", e);
    }
  }

  private static void remove(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(GenericData.STRING_PROP);
    }
    node.forEach(JavaProperties::remove);
  }
}
