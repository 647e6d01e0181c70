package dev.skerry.retrain.labels;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skerry.service.ConfigException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The labelling over HTTP: {@code /v1} for programs, and a page for people. Thread-safe. */
final class LabelsEndpoint implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LabelsEndpoint.class);

  private static final int THREADS = 4;
  private static final int MAX_BODY_BYTES = 4 << 20;

  private final LabelDesk desk;
  private final OwnBrowser browser;
  private final Page page = new Page();
  private final HttpServer server;
  private final ExecutorService executor = Executors.newFixedThreadPool(THREADS, this::thread);

  private LabelsEndpoint(LabelDesk desk, OwnBrowser browser, HttpServer server) {
    this.desk = desk;
    this.browser = browser;
    this.server = server;
  }

  /** Listens; throws {@link ConfigException} where the port is taken. */
  static LabelsEndpoint start(LabelsConfig.Http http, LabelDesk desk) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(http.host(), http.port()), /* backlog= */ 16);
      OwnBrowser browser = new OwnBrowser(http.host(), http.names().orElse(List.of()));
      LabelsEndpoint endpoint = new LabelsEndpoint(desk, browser, server);
      server.setExecutor(endpoint.executor);
      server.createContext("/", endpoint::answer);
      server.start();
      return endpoint;
    } catch (IOException e) {
      throw new ConfigException(
          "labels.http.port %d on %s cannot be bound: %s"
              .formatted(http.port(), http.host(), e.getMessage()),
          e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      reply(exchange).send(exchange);
    } catch (RuntimeException e) {
      log.warn("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    try {
      browser.requireOwnName(exchange.getRequestHeaders());
      return route(exchange);
    } catch (Refused e) {
      return desk.problem(e.status(), e.getMessage());
    } catch (IllegalArgumentException e) {
      return desk.problem(400, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return desk.problem(503, "the service is stopping");
    }
  }

  private Reply route(HttpExchange exchange) throws Refused, IOException, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    if (!path.startsWith("/v1/")) {
      requireMethod(method, "GET");
      return page.file(path).orElseThrow(() -> unknown(path));
    }
    String[] parts = path.substring("/v1/".length()).split("/", -1);
    return switch (parts[0] + "/" + parts.length) {
      case "samples/1" -> {
        requireMethod(method, "GET");
        yield desk.samples(exchange.getRequestURI());
      }
      case "streams/1" -> {
        requireMethod(method, "GET");
        yield desk.streams();
      }
      case "labels/1" -> {
        requireMethod(method, "POST");
        yield desk.post(desk.parse(change(exchange)));
      }
      case "samples/2" -> {
        requireMethod(method, "GET");
        yield desk.sample(id(parts[1]));
      }
      case "samples/3" -> ofSample(exchange, id(parts[1]), parts[2]);
      default -> throw unknown(path);
    };
  }

  private Reply ofSample(HttpExchange exchange, UUID id, String what)
      throws Refused, IOException, InterruptedException {
    String method = exchange.getRequestMethod();
    if (what.equals("image")) {
      requireMethod(method, "GET");
      return desk.image(id);
    }
    if (!what.equals("label")) {
      throw unknown(exchange.getRequestURI().getPath());
    }
    if (method.equals("DELETE")) {
      return desk.withdraw(id, desk.parse(change(exchange)));
    }
    requireMethod(method, "PUT");
    return desk.put(id, desk.parse(change(exchange)));
  }

  private byte[] change(HttpExchange exchange) throws Refused, IOException {
    browser.requireOwnPage(exchange.getRequestHeaders());
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      throw new Refused(413, "the body is larger than " + MAX_BODY_BYTES + " bytes");
    }
    return body;
  }

  private static UUID id(String text) throws Refused {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(400, text + " is no sample's id, which is a UUID");
    }
  }

  private static void requireMethod(String method, String allowed) throws Refused {
    if (!method.equals(allowed)) {
      throw new Refused(405, method + " is not answered here; use " + allowed);
    }
  }

  private static Refused unknown(String path) {
    return new Refused(
        404, "there is no " + path + "; there are /v1/samples, /v1/streams and /v1/labels");
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, "labels-http");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdown();
  }
}
