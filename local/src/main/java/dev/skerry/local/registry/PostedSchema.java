package dev.skerry.local.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.BiFunction;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** The schema in a request's body. */
final class PostedSchema {

  private static final ObjectMapper JSON = new ObjectMapper();

  private PostedSchema() {}

  /** Hands over schema and body, or answers why there is none. */
  static Answer read(Request request, BiFunction<Schema, JsonNode, Answer> use) {
    JsonNode body;
    try {
      body = JSON.readTree(request.body());
    } catch (JsonProcessingException e) {
      return Answer.error(400, 400, "The body is no JSON: " + e.getOriginalMessage());
    }
    if (!body.isObject()) {
      return Answer.error(400, 400, "The body is no JSON object with a \"schema\".");
    }
    String type = body.path("schemaType").asText("AVRO");
    if (!type.isEmpty() && !type.equals("null") && !type.equals("AVRO")) {
      return Answer.invalidSchema("the type " + type + " is not AVRO");
    }
    if (!body.path("schema").isTextual()) {
      return Answer.invalidSchema("the body has no text \"schema\"");
    }
    Schema schema;
    try {
      schema = new Schema.Parser().parse(body.path("schema").asText());
    } catch (AvroRuntimeException e) {
      return Answer.invalidSchema(String.valueOf(e.getMessage()));
    }
    return use.apply(schema, body);
  }
}
