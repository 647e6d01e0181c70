package dev.skerry.console.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skerry.console.ConsoleConfig;
import dev.skerry.console.picture.History;
import dev.skerry.console.read.SiteControl;
import dev.skerry.service.ConfigException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the page, its events, and the telemetry behind a detection. Thread-safe. */
public final class ConsoleServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ConsoleServer.class);
  private static final int BACKLOG = 64;
  private static final int THREADS = 64;
  private static final String TELEMETRY = "/telemetry/";
  private static final String ORDERS = "/orders/";
  private static final String REPORTS = "/reports/";

  static {
    // Without it each answer waits 40 ms for the acknowledgement of its own headers.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final HttpServer server;
  private final ExecutorService executor;
  private final Guard guard;
  private final Map<String, Asset> assets = Asset.all();
  private final EventStream events;
  private final Behind behind;
  private final TelemetryView telemetry;
  private final Optional<SiteControl> control;

  private ConsoleServer(
      HttpServer server,
      Guard guard,
      EventStream events,
      Behind behind,
      Optional<SiteControl> control) {
    this.server = server;
    this.guard = guard;
    this.events = events;
    this.behind = behind;
    this.telemetry = new TelemetryView(behind);
    this.control = control;
    this.executor =
        Executors.newFixedThreadPool(
            THREADS,
            runnable -> {
              Thread thread = new Thread(runnable, "console-page");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts to serve.
   *
   * @param control who takes orders; without it the page has no buttons
   * @throws ConfigException where the port is taken
   */
  public static ConsoleServer start(
      ConsoleConfig.Http http,
      Broadcast broadcast,
      History history,
      Behind behind,
      Optional<SiteControl> control) {
    ConsoleServer console =
        new ConsoleServer(
            bind(http),
            new Guard(http.names()),
            new EventStream(broadcast, history),
            behind,
            control);
    console.server.setExecutor(console.executor);
    console.server.createContext("/", console::handle);
    console.server.start();
    log.info("The console is at http://{}:{}", http.host(), console.port());
    return console;
  }

  private static HttpServer bind(ConsoleConfig.Http http) {
    try {
      return HttpServer.create(new InetSocketAddress(http.host(), http.port()), BACKLOG);
    } catch (IOException e) {
      throw new ConfigException(
          "console.http.port "
              + http.port()
              + " on "
              + http.host()
              + " cannot be bound: "
              + e.getMessage(),
          e);
    }
  }

  /** The port that is listened on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Guard.protect(exchange.getResponseHeaders());
      Optional<String> refusal = guard.refusal(exchange);
      if (refusal.isPresent()) {
        Reply.text(403, refusal.get()).send(exchange);
      } else if (exchange.getRequestURI().getPath().equals("/events")) {
        events.serve(exchange);
      } else {
        reply(exchange).send(exchange);
      }
    } catch (RuntimeException e) {
      log.warn("{} cannot be answered", exchange.getRequestURI(), e);
      throw e;
    }
  }

  private Reply reply(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestMethod().equals("POST")) {
      return path.startsWith(ORDERS) ? order(path.substring(ORDERS.length() - 1)) : notFound(path);
    }
    if (path.startsWith(TELEMETRY)) {
      return telemetry.at(path.substring(TELEMETRY.length()));
    }
    if (path.startsWith(REPORTS)) {
      return report(path.substring(REPORTS.length()));
    }
    Asset asset = assets.get(path);
    return asset == null ? notFound(path) : asset.reply();
  }

  private Reply report(String version) {
    return Optional.of(version)
        .filter(number -> number.matches("\\d{1,9}"))
        .flatMap(number -> behind.report(Integer.parseInt(number)))
        .map(Reply::foreignPage)
        .orElseGet(() -> Reply.text(404, "There is no report of a training " + version));
  }

  private Reply order(String path) {
    if (control.isEmpty()) {
      return Reply.text(403, "This console takes no orders");
    }
    SiteControl.Outcome outcome = control.get().order(path);
    return Reply.json(outcome.done() ? 200 : 409, outcome);
  }

  private static Reply notFound(String path) {
    return Reply.text(404, "The console has no " + path);
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
