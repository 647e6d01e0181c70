package dev.skerry.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry in this process, as far as a serde asks it: schemas by id, registration, look-up and
 * the latest version. It can be told to answer anything else instead.
 */
public final class FakeRegistry implements AutoCloseable {

  static {
    // Otherwise each answer waits 40 ms for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern BY_ID = Pattern.compile("/schemas/ids/(-?\\d+)");
  private static final Pattern VERSIONS = Pattern.compile("/subjects/([^/]+)/versions");
  private static final Pattern VERSION = Pattern.compile("/subjects/([^/]+)/versions/(\\w+)");
  private static final Pattern SUBJECT = Pattern.compile("/subjects/([^/]+)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Optional<String>> authorizations = new CopyOnWriteArrayList<>();
  private final Map<Integer, String> answerById = new LinkedHashMap<>();
  private final Map<String, Map<String, Integer>> idBySchemaBySubject = new LinkedHashMap<>();
  private volatile Optional<Behaviour> instead = Optional.empty();
  private int nextId = 1;

  /** Answers a request in some other way. */
  @FunctionalInterface
  public interface Behaviour {
    void answer(HttpExchange exchange) throws IOException;
  }

  private FakeRegistry(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public static FakeRegistry start() {
    try {
      return with(HttpServer.create(loopback(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FakeRegistry with(HttpServer server) {
    return new FakeRegistry(server);
  }

  static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Each request so far, as method and path with its query. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  List<Optional<String>> authorizations() {
    return List.copyOf(authorizations);
  }

  /** From now on, until {@link #answerProperly}. */
  public void answer(Behaviour behaviour) {
    instead = Optional.of(behaviour);
  }

  public void answer(int status, String body) {
    answer(exchange -> send(exchange, status, body));
  }

  public void answerProperly() {
    instead = Optional.empty();
  }

  /** The id that the next new schema gets. */
  public synchronized void nextId(int id) {
    nextId = id;
  }

  /** Has this schema under this id. */
  public synchronized void put(int id, String schema) {
    putAnswer(id, JSON.createObjectNode().put("schema", schema).toString());
  }

  /** Answers this when it is asked for this id. */
  public synchronized void putAnswer(int id, String answer) {
    answerById.put(id, answer);
  }

  public synchronized int register(String subject, String schema) {
    Map<String, Integer> ids =
        idBySchemaBySubject.computeIfAbsent(subject, s -> new LinkedHashMap<>());
    int id = ids.computeIfAbsent(schema, s -> nextId++);
    put(id, schema);
    return id;
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    authorizations.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")));
    if (instead.isPresent()) {
      instead.get().answer(exchange);
      return;
    }
    String path = exchange.getRequestURI().getRawPath();
    Matcher byId = BY_ID.matcher(path);
    Matcher versions = VERSIONS.matcher(path);
    Matcher version = VERSION.matcher(path);
    Matcher subject = SUBJECT.matcher(path);
    if (byId.matches()) {
      schemaById(exchange, Integer.parseInt(byId.group(1)));
    } else if (versions.matches()) {
      send(exchange, 200, "{\"id\":" + register(name(versions), schema(exchange)) + "}");
    } else if (version.matches()) {
      version(exchange, name(version), version.group(2));
    } else if (subject.matches()) {
      lookUp(exchange, name(subject), schema(exchange));
    } else {
      send(exchange, 404, "<html>not here</html>");
    }
  }

  private static String name(Matcher path) {
    return URLDecoder.decode(path.group(1), StandardCharsets.UTF_8);
  }

  private static String schema(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    return body.required("schema").textValue();
  }

  private synchronized void schemaById(HttpExchange exchange, int id) throws IOException {
    if (answerById.containsKey(id)) {
      send(exchange, 200, answerById.get(id));
    } else {
      send(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
    }
  }

  private synchronized void version(HttpExchange exchange, String subject, String version)
      throws IOException {
    List<Map.Entry<String, Integer>> versions =
        List.copyOf(idBySchemaBySubject.getOrDefault(subject, Map.of()).entrySet());
    if (versions.isEmpty()) {
      send(exchange, 404, "{\"error_code\":40401,\"message\":\"Subject not found\"}");
      return;
    }
    int number = version.equals("latest") ? versions.size() : Integer.parseInt(version);
    Map.Entry<String, Integer> found = versions.get(number - 1);
    send(
        exchange,
        200,
        JSON.createObjectNode()
            .put("subject", subject)
            .put("version", number)
            .put("id", found.getValue())
            .put("schema", found.getKey())
            .toString());
  }

  private synchronized void lookUp(HttpExchange exchange, String subject, String schema)
      throws IOException {
    Integer id = idBySchemaBySubject.getOrDefault(subject, Map.of()).get(schema);
    if (id == null) {
      send(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
    } else {
      send(exchange, 200, "{\"id\":" + id + "}");
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
