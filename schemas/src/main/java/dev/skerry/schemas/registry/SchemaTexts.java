package dev.skerry.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.avro.Schema;

/**
 * Schemas out of a registry's answers, together with those that they refer to. Never throws for
 * what a registry says.
 */
final class SchemaTexts {

  private static final int MAX_REFERENCES = 100;

  private final RegistryHttp http;

  SchemaTexts(RegistryHttp http) {
    this.http = http;
  }

  Answer<Schema> schema(JsonNode body) {
    // What was written before its defaults were checked is still to be read.
    Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
    return new Resolution(parser).schema(body);
  }

  /** The same failure of another type. */
  static <T> Answer<T> failure(Answer<?> failed) {
    if (failed instanceof Answer.Absent<?> absent) {
      return new Answer.Absent<>(absent.detail());
    }
    if (failed instanceof Answer.Refused<?> refused) {
      return new Answer.Refused<>(refused.code(), refused.detail());
    }
    if (failed instanceof Answer.Unusable<?> unusable) {
      return new Answer.Unusable<>(unusable.detail());
    }
    return new Answer.Away<>(((Answer.Away<?>) failed).detail());
  }

  /** One schema's parser, which knows the types of its references, and what may still be asked. */
  private final class Resolution {

    private final Schema.Parser parser;
    private int referencesLeft = MAX_REFERENCES;

    Resolution(Schema.Parser parser) {
      this.parser = parser;
    }

    Answer<Schema> schema(JsonNode body) {
      JsonNode text = body.path("schema");
      if (!text.isTextual()) {
        return new Answer.Away<>("The registry's answer has no schema");
      }
      String type = body.path("schemaType").asText("AVRO");
      if (!type.equals("AVRO")) {
        return new Answer.Unusable<>("The registry has a schema of the type " + type + " there");
      }
      for (JsonNode reference : body.path("references")) {
        Answer<Schema> resolved = resolve(reference);
        if (!(resolved instanceof Answer.Known)) {
          return resolved;
        }
      }
      return parse(text.textValue());
    }

    private Answer<Schema> resolve(JsonNode reference) {
      String name = reference.path("name").asText();
      if (parser.getTypes().containsKey(name)) {
        return new Answer.Known<>(parser.getTypes().get(name));
      }
      if (referencesLeft-- == 0) {
        return new Answer.Unusable<>(
            "The schema refers to more than " + MAX_REFERENCES + " others");
      }
      String subject = RegistryClient.encode(reference.path("subject").asText());
      int version = reference.path("version").asInt();
      Reply reply = http.get("/subjects/" + subject + "/versions/" + version);
      return RegistryClient.answer(reply, this::schema);
    }

    private Answer<Schema> parse(String text) {
      try {
        return new Answer.Known<>(parser.parse(text));
      } catch (RuntimeException e) {
        // Avro throws many kinds of them for what is JSON and no schema.
        return new Answer.Unusable<>("The registry's schema cannot be parsed: " + e.getMessage());
      }
    }
  }
}
