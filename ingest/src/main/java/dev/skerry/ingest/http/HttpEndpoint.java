package dev.skerry.ingest.http;

import dev.skerry.ingest.auth.Authenticator;
import dev.skerry.ingest.intake.Intake;
import dev.skerry.ingest.intake.Room;
import dev.skerry.service.ConfigException;
import dev.skerry.service.Observability;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The listener for HTTP: {@code POST /v1/telemetry} and {@code /v1/frames/…}. Thread-safe. */
public final class HttpEndpoint implements AutoCloseable {

  private static final long START_SECONDS = 30;
  private static final long STOP_SECONDS = 5;

  private final List<HttpLoop> loops;
  private final Vertx vertx;

  private HttpEndpoint(List<HttpLoop> loops, Vertx vertx) {
    this.loops = loops;
    this.vertx = vertx;
  }

  /**
   * Listens.
   *
   * @param tls already has its certificates, or is plain
   * @param loopCount how many event loops share the work
   * @throws ConfigException where the port is taken, by its key
   */
  public static HttpEndpoint start(
      Vertx vertx,
      HttpServerOptions tls,
      HttpConfig config,
      String siteId,
      int loopCount,
      Authenticator authenticator,
      Intake intake,
      Observability observability) {
    Room room = new Room(config.maxReceivingBytes());
    Connections connections = new Connections(config.maxConnections());
    HttpMetrics metrics = new HttpMetrics(observability.metrics(), room, connections);
    HttpServerOptions options = limited(tls, config);
    List<HttpLoop> loops =
        Stream.generate(
                () ->
                    new HttpLoop(
                        options,
                        config,
                        siteId,
                        authenticator,
                        intake,
                        observability.traces(),
                        room,
                        connections,
                        metrics))
            .limit(loopCount)
            .toList();
    HttpEndpoint endpoint = new HttpEndpoint(loops, vertx);
    try {
      for (HttpLoop loop : loops) {
        await(vertx.deployVerticle(loop, new DeploymentOptions()), START_SECONDS);
      }
      return endpoint;
    } catch (ExecutionException | TimeoutException e) {
      throw new ConfigException(
          "gateway.http.port %d on %s cannot be bound: %s; stop who listens there or set another"
              .formatted(
                  config.port(),
                  config.host(),
                  Objects.requireNonNullElse(e.getCause(), e).getMessage()),
          e);
    }
  }

  private static HttpServerOptions limited(HttpServerOptions options, HttpConfig config) {
    return options
        .setMaxHeaderSize(config.maxHeaderBytes())
        .setMaxInitialLineLength(config.maxHeaderBytes())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout(Math.toIntExact(config.idleTimeout().toMillis()))
        .setHttp2ClearTextEnabled(false)
        .setUseAlpn(false)
        .setCompressionSupported(false)
        .setDecompressionSupported(false);
  }

  private static <T> T await(Future<T> future, long seconds)
      throws ExecutionException, TimeoutException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExecutionException("interrupted", e);
    }
  }

  /** The port that is listened on. */
  public int port() {
    return loops.get(0).port();
  }

  /** Shows other certificates to those who connect from now on. */
  public void renewTls(ServerSSLOptions tls) {
    loops.forEach(loop -> loop.renewTls(tls));
  }

  /** Listens no more; who still waits for an answer gets it before {@link Vertx} is closed. */
  @Override
  public void close() {
    for (HttpLoop loop : loops) {
      try {
        await(vertx.undeploy(loop.deploymentID()), STOP_SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new IllegalStateException("the listener for HTTP does not stop", e);
      }
    }
  }
}
