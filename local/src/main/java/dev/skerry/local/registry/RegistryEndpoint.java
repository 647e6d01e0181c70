package dev.skerry.local.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skerry.schemas.serde.SchemaCatalogue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The registry's listener, on loopback alone. It answers from memory and keeps nothing, so that it
 * may share a process with whoever starts it. Thread-safe.
 */
public final class RegistryEndpoint implements AutoCloseable {

  /** Larger than any schema of the catalogue by far. */
  private static final int MAX_BODY_BYTES = 1 << 20;

  private static final int THREADS = 2;
  private static final int BACKLOG = 64;

  static {
    // Without it each answer waits 40 ms for the acknowledgement of its own headers.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final HttpServer server;
  private final ExecutorService executor;

  private RegistryEndpoint(HttpServer server, ExecutorService executor) {
    this.server = server;
    this.executor = executor;
  }

  /**
   * Starts to listen.
   *
   * @param port 1 to 65535, or 0 for any that is free
   * @throws IOException where it cannot be listened on
   */
  public static RegistryEndpoint start(int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server = HttpServer.create(address, BACKLOG);
    ExecutorService executor = Executors.newFixedThreadPool(THREADS, RegistryEndpoint::thread);
    server.setExecutor(executor);
    server.createContext("/", RegistryEndpoint::handle);
    server.start();
    return new RegistryEndpoint(server, executor);
  }

  /** Where clients reach it. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdown();
  }

  /** Read with the first request: a start does not wait for it. */
  private static final class Api {
    static final RegistryApi OVER_THE_CATALOGUE = new RegistryApi(SchemaCatalogue.released());
  }

  private static void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    }
  }

  private static Answer answer(HttpExchange exchange) throws IOException {
    if (!MediaTypes.acceptable(exchange.getRequestHeaders().get("Accept"))) {
      return Answer.http(406, "Not Acceptable");
    }
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      return Answer.http(413, "Request Entity Too Large");
    }
    if (body.length > 0
        && !MediaTypes.readable(exchange.getRequestHeaders().getFirst("Content-Type"))) {
      return Answer.http(415, "Unsupported Media Type");
    }
    String method = exchange.getRequestMethod();
    return Api.OVER_THE_CATALOGUE.answer(
        Request.of(
            method.equals("HEAD") ? "GET" : method,
            exchange.getRequestURI().getRawPath(),
            Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
            new String(body, StandardCharsets.UTF_8)));
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", MediaTypes.REGISTRY_V1);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private static Thread thread(Runnable runnable) {
    Thread thread = new Thread(runnable, "registry");
    thread.setDaemon(true);
    return thread;
  }
}
