package dev.skerry.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.skerry.service.trace.Traces;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a service shows of itself over HTTP: {@code /live}, {@code /ready} (200, or 503 with the
 * reasons), {@code /metrics} (Prometheus), and what the service answers itself. Thread-safe.
 */
public final class Observability implements AutoCloseable {

  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Health health = new Health();
  private final HttpServer server;
  private final Traces traces;
  private final JvmGcMetrics gcMetrics = new JvmGcMetrics();
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          runnable -> {
            Thread thread = new Thread(runnable, "observability");
            thread.setDaemon(true);
            return thread;
          });

  private Observability(HttpServer server, Traces traces) {
    this.server = server;
    this.traces = traces;
    new JvmMemoryMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
    new UptimeMetrics().bindTo(metrics);
    gcMetrics.bindTo(metrics);
    server.setExecutor(executor);
    serve("/live", () -> Answer.of(health.livenessProblems(), Map.of()));
    serve("/ready", () -> Answer.of(health.readinessProblems(), health.statements()));
    serve("/metrics", () -> new Answer(200, "text/plain; version=0.0.4", metrics.scrape()));
  }

  /**
   * Starts the listener of a service that does not trace.
   *
   * @throws ConfigException where the port is taken
   */
  public static Observability start(ServiceConfig.Http http) {
    return start(http, Traces.OFF);
  }

  /** The same for one that does. */
  public static Observability start(ServiceConfig.Http http, Traces traces) {
    Observability observability = bind(http, traces);
    observability.serveFrom(http);
    return observability;
  }

  /** Starts the listener for a service that is not ready before {@link Health#made}. */
  static Observability startUnready(ServiceConfig.Http http, Traces traces) {
    Observability observability = bind(http, traces);
    observability.health.notMadeYet();
    observability.serveFrom(http);
    return observability;
  }

  private void serveFrom(ServiceConfig.Http http) {
    server.start();
    http.portFile().ifPresent(this::writePort);
  }

  /** Written beside and moved, so that a reader never sees half of it. */
  private void writePort(Path file) {
    try {
      Path beside = file.resolveSibling(file.getFileName() + ".new");
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(beside, Integer.toString(port()));
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new ConfigException(
          "service.http.port-file " + file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static Observability bind(ServiceConfig.Http http, Traces traces) {
    try {
      return new Observability(
          HttpServer.create(new InetSocketAddress(http.host(), http.port()), /* backlog= */ 16),
          traces);
    } catch (IOException e) {
      throw new ConfigException(
          "service.http.port "
              + http.port()
              + " on "
              + http.host()
              + " cannot be bound: "
              + e.getMessage(),
          e);
    }
  }

  /** Answers a path, and those below it, with something of the service's own. */
  public void serve(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  /** Where the service puts its metrics. */
  public PrometheusMeterRegistry metrics() {
    return metrics;
  }

  /** Where the service puts its spans. */
  public Traces traces() {
    return traces;
  }

  /** Where the service puts its checks. */
  public Health health() {
    return health;
  }

  /** The port that is listened on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdown();
    gcMetrics.close();
    metrics.close();
  }

  private record Answer(int status, String contentType, String body) {
    static Answer of(Map<String, String> problems, Map<String, String> statements) {
      String body = problems.isEmpty() ? "ok\n" + lines(statements) : lines(problems);
      return new Answer(problems.isEmpty() ? 200 : 503, "text/plain; charset=utf-8", body);
    }
  }

  private static String lines(Map<String, String> named) {
    return named.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private void serve(String path, Supplier<Answer> supplier) {
    server.createContext(path, exchange -> answer(exchange, supplier.get()));
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
