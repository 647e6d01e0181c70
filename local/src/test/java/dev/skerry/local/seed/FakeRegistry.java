package dev.skerry.local.seed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * As much of Confluent's registry as seeding needs, with its rules: an explicit id only in mode
 * IMPORT, an id for one schema only, the next free id is above the largest.
 */
final class FakeRegistry implements AutoCloseable {

  /** In which way it is not like Confluent's. */
  enum Quirk {
    NONE,
    IGNORES_EXPLICIT_IDS,
    REFUSES_MODE_CHANGES,
    FORGETS_COMPATIBILITY
  }

  record Registered(int id, String schema) {}

  static {
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  final Map<String, TreeMap<Integer, Registered>> subjects = new TreeMap<>();
  final Map<String, String> modes = new TreeMap<>();
  final Map<String, String> levels = new TreeMap<>();
  int writes;

  private final Quirk quirk;
  private final String userInfo;
  private final HttpServer server;

  FakeRegistry(Quirk quirk, String userInfo) throws IOException {
    this.quirk = quirk;
    this.userInfo = userInfo;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Registers something as any client would, or as somebody who came earlier. */
  int put(String subject, int version, Optional<Integer> id, String schema) {
    int taken = id.orElseGet(() -> largestId() + 1);
    subjects
        .computeIfAbsent(subject, s -> new TreeMap<>())
        .put(version, new Registered(taken, schema));
    return taken;
  }

  Optional<Integer> id(String subject, int version) {
    return Optional.ofNullable(subjects.get(subject))
        .map(versions -> versions.get(version))
        .map(Registered::id);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private int largestId() {
    return all().mapToInt(Registered::id).max().orElse(0);
  }

  private Stream<Registered> all() {
    return subjects.values().stream().flatMap(versions -> versions.values().stream());
  }

  private record Reply(int status, JsonNode body) {
    static Reply error(int status, int code) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      return new Reply(status, body.put("error_code", code).put("message", "as the fake says"));
    }

    static Reply of(String name, String value) {
      return new Reply(200, JsonNodeFactory.instance.objectNode().put(name, value));
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
      Reply reply = authorised(exchange) ? answer(exchange, body) : Reply.error(401, 40101);
      byte[] bytes = reply.body().toString().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private boolean authorised(HttpExchange exchange) {
    byte[] user = userInfo.getBytes(StandardCharsets.UTF_8);
    String expected = "Basic " + Base64.getEncoder().encodeToString(user);
    return userInfo.isEmpty()
        || expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private Reply answer(HttpExchange exchange, JsonNode body) {
    String method = exchange.getRequestMethod();
    List<String> path =
        Stream.of(exchange.getRequestURI().getRawPath().substring(1).split("/", -1))
            .map(segment -> URLDecoder.decode(segment, StandardCharsets.UTF_8))
            .toList();
    writes += method.equals("GET") ? 0 : 1;
    return switch (path.get(0)) {
      case "schemas" -> byId(Integer.parseInt(path.get(2)));
      case "mode" -> mode(method, path.get(1), body.path("mode").asText());
      case "config" -> config(method, path.get(1), body.path("compatibility").asText());
      case "subjects" -> subjects(method, path, body);
      default -> Reply.error(404, 404);
    };
  }

  private Reply byId(int id) {
    return all()
        .filter(registered -> registered.id() == id)
        .findFirst()
        .map(registered -> Reply.of("schema", registered.schema()))
        .orElseGet(() -> Reply.error(404, 40403));
  }

  private Reply mode(String method, String subject, String mode) {
    if (!method.equals("GET") && quirk == Quirk.REFUSES_MODE_CHANGES) {
      return Reply.error(422, 42205);
    }
    switch (method) {
      case "PUT" -> modes.put(subject, mode);
      case "DELETE" -> modes.remove(subject);
      default -> {
        String known = modes.get(subject);
        return known == null ? Reply.error(404, 40409) : Reply.of("mode", known);
      }
    }
    return Reply.of("mode", mode);
  }

  private Reply config(String method, String subject, String level) {
    if (method.equals("PUT")) {
      if (quirk != Quirk.FORGETS_COMPATIBILITY) {
        levels.put(subject, level);
      }
      return Reply.of("compatibility", level);
    }
    String known = levels.get(subject);
    return known == null ? Reply.error(404, 40408) : Reply.of("compatibilityLevel", known);
  }

  private Reply subjects(String method, List<String> path, JsonNode body) {
    if (path.size() == 1) {
      return new Reply(200, JSON.valueToTree(subjects.keySet()));
    }
    String subject = path.get(1);
    if (method.equals("POST")) {
      return register(subject, body);
    }
    TreeMap<Integer, Registered> versions = subjects.getOrDefault(subject, new TreeMap<>());
    if (path.size() == 3) {
      return versions.isEmpty()
          ? Reply.error(404, 40401)
          : new Reply(200, JSON.valueToTree(versions.keySet()));
    }
    int version = Integer.parseInt(path.get(3));
    Registered found = versions.get(version);
    return found == null
        ? Reply.error(404, 40401)
        : new Reply(200, describe(subject, version, found));
  }

  private static ObjectNode describe(String subject, int version, Registered found) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("subject", subject).put("version", version);
    return node.put("id", found.id()).put("schema", found.schema());
  }

  private Reply register(String subject, JsonNode body) {
    String schema = body.path("schema").asText();
    if (quirk == Quirk.IGNORES_EXPLICIT_IDS) {
      int next = subjects.getOrDefault(subject, new TreeMap<>()).size() + 1;
      return id(put(subject, next, Optional.empty(), schema));
    }
    int id = body.path("id").asInt();
    if (!"IMPORT".equals(modes.get(subject))) {
      return Reply.error(422, 42205);
    }
    boolean taken = all().anyMatch(r -> r.id() == id && !r.schema().equals(schema));
    return taken
        ? Reply.error(422, 42207)
        : id(put(subject, body.path("version").asInt(), Optional.of(id), schema));
  }

  private static Reply id(int id) {
    return new Reply(200, JsonNodeFactory.instance.objectNode().put("id", id));
  }
}
