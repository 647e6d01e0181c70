package dev.skerry.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/**
 * The calls of Confluent's Schema Registry protocol that a serde makes. Each takes at most the
 * time-out of each URL that is due, and never throws for what a registry does. Thread-safe.
 */
public final class RegistryClient {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final RegistryHttp http;
  private final SchemaTexts texts;

  public RegistryClient(RegistryConfig config) {
    this(config, System::nanoTime);
  }

  RegistryClient(RegistryConfig config, LongSupplier nanoClock) {
    this.http = new RegistryHttp(config, nanoClock);
    this.texts = new SchemaTexts(http);
  }

  /** One version of a subject. */
  public record Version(int id, Schema schema) {}

  /** The schema that an id stands for. */
  public Answer<Schema> schema(int id) {
    return answer(http.get("/schemas/ids/" + id), texts::schema);
  }

  /** The id of a schema under a subject, which it is added to where it is new. */
  public Answer<Integer> register(String subject, String schema, boolean normalize) {
    return answer(
        http.post(
            "/subjects/" + encode(subject) + "/versions?normalize=" + normalize, body(schema)),
        RegistryClient::id);
  }

  /** The id of a schema that a subject has already. */
  public Answer<Integer> lookUp(String subject, String schema, boolean normalize) {
    return answer(
        http.post(
            "/subjects/" + encode(subject) + "?normalize=" + normalize + "&deleted=false",
            body(schema)),
        RegistryClient::id);
  }

  /** The latest version of a subject. */
  public Answer<Version> latest(String subject) {
    return answer(
        http.get("/subjects/" + encode(subject) + "/versions/latest"),
        body -> {
          if (!(id(body) instanceof Answer.Known<Integer> id)) {
            return new Answer.Away<>("The registry's answer has no id");
          }
          Answer<Schema> schema = texts.schema(body);
          return schema instanceof Answer.Known<Schema> known
              ? new Answer.Known<>(new Version(id.value(), known.value()))
              : SchemaTexts.failure(schema);
        });
  }

  static <T> Answer<T> answer(Reply reply, Function<JsonNode, Answer<T>> known) {
    if (reply instanceof Reply.Done done) {
      return known.apply(done.body());
    }
    if (reply instanceof Reply.Denied denied) {
      String detail = denied.message() + " (error code " + denied.code() + ")";
      return switch (denied.code()) {
        case 40401, 40402, 40403 -> new Answer.Absent<>(detail);
        default -> new Answer.Refused<>(denied.code(), detail);
      };
    }
    return new Answer.Away<>("No schema registry answers: " + ((Reply.Silence) reply).reason());
  }

  static String encode(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static ObjectNode body(String schema) {
    return JSON.createObjectNode().put("schema", schema);
  }

  private static Answer<Integer> id(JsonNode body) {
    JsonNode id = body.path("id");
    return id.isInt() && id.intValue() >= 0
        ? new Answer.Known<>(id.intValue())
        : new Answer.Away<>("The registry's answer has no id");
  }
}
