package dev.skerry.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Custom resources, held to the schemas of their definitions with one difference: a field that is
 * not there is an error, where the API server would drop it without a word. Thread-safe.
 */
final class Schemas {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
  private static final Map<String, String> DIRECTORIES =
      Map.of("kafka.strimzi.io/v1", "strimzi", "keda.sh/v1alpha1", "keda");
  private static final Map<String, Optional<JsonSchema>> LOADED = new ConcurrentHashMap<>();

  private Schemas() {}

  static List<String> problems(Manifest manifest) {
    String directory = DIRECTORIES.getOrDefault(manifest.apiVersion(), "none");
    Optional<JsonSchema> schema =
        LOADED.computeIfAbsent(directory + "/" + manifest.kind() + ".json", Schemas::load);
    if (schema.isEmpty()) {
      return List.of(manifest + ": nothing here knows " + manifest.apiVersion() + " of this kind");
    }
    return schema.get().validate(manifest.node()).stream()
        .map(message -> manifest + ": " + message.getMessage())
        .sorted()
        .toList();
  }

  private static Optional<JsonSchema> load(String name) {
    try (InputStream schema = Schemas.class.getResourceAsStream("/" + name)) {
      return schema == null
          ? Optional.empty()
          : Optional.of(FACTORY.getSchema(closed(JSON.readTree(schema))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Every object that names its properties has no others, unless it says that it keeps unknown
   * ones.
   */
  static JsonNode closed(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      boolean isOpen =
          object.has("additionalProperties")
              || object.path("x-kubernetes-preserve-unknown-fields").asBoolean();
      if (object.path("properties").isObject() && object.has("type") && !isOpen) {
        object.put("additionalProperties", false);
      }
      if (object.path("x-kubernetes-int-or-string").asBoolean()) {
        object.remove("type");
      }
    }
    schema.forEach(Schemas::closed);
    return schema;
  }
}
