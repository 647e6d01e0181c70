package dev.skerry.local.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the console gives its orders: {@code GET /state} and {@code POST /orders/…} on loopback, to
 * whoever knows the token, which is new with each start. Thread-safe.
 */
public final class ControlEndpoint implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ControlEndpoint.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TOKEN_BYTES = 24;
  private static final String ORDERS = "/orders/";

  private final HttpServer server;
  private final Orders orders;
  private final String token;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ExecutorService executor =
      Executors.newFixedThreadPool(
          2,
          runnable -> {
            Thread thread = new Thread(runnable, "control");
            thread.setDaemon(true);
            return thread;
          });

  /** How things are, and what can be ordered. */
  record State(String link, Map<String, Long> parts, List<String> orders) {}

  private ControlEndpoint(HttpServer server, Orders orders, String token) {
    this.server = server;
    this.orders = orders;
    this.token = token;
  }

  /** Starts to listen on a free port. */
  public static ControlEndpoint start(Orders orders) {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
      ControlEndpoint endpoint =
          new ControlEndpoint(server, orders, HexFormat.of().formatHex(random));
      server.setExecutor(endpoint.executor);
      server.createContext("/", endpoint::handle);
      server.start();
      return endpoint;
    } catch (IOException e) {
      throw new UncheckedIOException("No port is free for the console's orders", e);
    }
  }

  /** Where it listens. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What proves that it is the console that asks. */
  public String token() {
    return token;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (!isKnown(exchange)) {
        send(exchange, 401, "The console's token is asked for");
      } else if (path.equals("/state")) {
        send(exchange, 200, state());
      } else if (path.startsWith(ORDERS) && exchange.getRequestMethod().equals("POST")) {
        order(exchange, path.substring(ORDERS.length()));
      } else {
        send(exchange, 404, "There is no " + path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isKnown(HttpExchange exchange) {
    String given =
        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
    return MessageDigest.isEqual(given.getBytes(UTF_8), ("Bearer " + token).getBytes(UTF_8));
  }

  private String state() {
    try {
      return JSON.writeValueAsString(new State(orders.link(), orders.parts(), orders.known()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a state is always JSON", e);
    }
  }

  private void order(HttpExchange exchange, String path) throws IOException, InterruptedException {
    try {
      Optional<String> done = orders.give(path);
      done.ifPresent(what -> log.debug("Ordered by the console: {}", what));
      send(exchange, done.isPresent() ? 200 : 404, done.orElse("There is no order " + path));
    } catch (OrderRefusedException e) {
      send(exchange, 409, String.valueOf(e.getMessage()));
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Takes no more orders; may be called more than once. */
  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      server.stop(0);
      executor.shutdownNow();
      orders.close();
    }
  }
}
