package dev.skerry.ingest.http;

import dev.skerry.ingest.auth.Authenticator;
import dev.skerry.ingest.auth.Principal;
import dev.skerry.ingest.auth.Verdict;
import dev.skerry.ingest.intake.Intake;
import dev.skerry.ingest.intake.Room;
import dev.skerry.ingest.intake.TracedIntake;
import dev.skerry.service.trace.Traces;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves requests on one event loop; the loops of a listener share its port. */
final class HttpLoop extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(HttpLoop.class);
  private static final long SWEEP_MILLIS = 250;

  private final HttpServerOptions options;
  private final HttpConfig config;
  private final Authenticator authenticator;
  private final Intake intake;
  private final Traces traces;
  private final Room room;
  private final Connections connections;
  private final HttpMetrics metrics;
  private final BodyReader reader;
  private final Set<Exchange> exchanges = new LinkedHashSet<>();
  private volatile @Nullable HttpServer server;

  HttpLoop(
      HttpServerOptions options,
      HttpConfig config,
      String siteId,
      Authenticator authenticator,
      Intake intake,
      Traces traces,
      Room room,
      Connections connections,
      HttpMetrics metrics) {
    this.options = options;
    this.config = config;
    this.authenticator = authenticator;
    this.intake = intake;
    this.traces = traces;
    this.room = room;
    this.connections = connections;
    this.metrics = metrics;
    this.reader = new BodyReader(siteId, config.maxBatch());
  }

  @Override
  public Future<?> start() {
    HttpServer created =
        vertx
            .createHttpServer(options)
            .connectionHandler(connections::admit)
            .exceptionHandler(broken -> log.debug("a connection broke", broken))
            .requestHandler(this::serve);
    server = created;
    vertx.setPeriodic(SWEEP_MILLIS, tick -> sweep());
    return created.listen(address());
  }

  /** The same for all loops, also where any free port will do. */
  private SocketAddress address() {
    return config.port() == 0
        ? SocketAddress.sharedRandomPort(1, config.host())
        : SocketAddress.inetSocketAddress(config.port(), config.host());
  }

  /** The port that is listened on. */
  int port() {
    HttpServer listening = server;
    return listening == null ? -1 : listening.actualPort();
  }

  /** Shows another certificate to those who connect from now on. */
  void renewTls(ServerSSLOptions tls) {
    HttpServer listening = server;
    if (listening != null) {
      Future<Boolean> unusedDone =
          listening
              .updateSSLOptions(tls, /* force= */ true)
              .onFailure(e -> log.error("the listener for HTTP keeps its certificate", e));
    }
  }

  private void serve(HttpServerRequest request) {
    Exchange exchange = new Exchange(request, context, config, room, metrics, exchanges::remove);
    exchanges.add(exchange);
    try {
      dispatch(request, exchange);
    } catch (RuntimeException e) {
      log.error("a request could not be served", e);
      exchange.refuse(HttpError.of(500, "internal", "The gateway failed; its log says why"));
    }
  }

  private void dispatch(HttpServerRequest request, Exchange exchange) {
    Optional<Route> route = Route.of(request.path() == null ? "" : request.path());
    if (route.isEmpty()) {
      exchange.refuse(
          HttpError.of(404, "no-such-path", "POST /v1/telemetry or /v1/frames/{device}/{stream}"));
      return;
    }
    if (!request.method().equals(HttpMethod.POST)) {
      request.response().putHeader("allow", "POST");
      exchange.refuse(HttpError.of(405, "wrong-method", "Send it with POST"));
      return;
    }
    Verdict verdict = authenticator.judge(HttpIdentity.of(request));
    if (verdict instanceof Verdict.Denied denied) {
      request.response().putHeader("www-authenticate", "Bearer");
      exchange.refuse(HttpError.of(401, "unauthorized", denied.why()));
      return;
    }
    Principal sender = ((Verdict.Admitted) verdict).principal();
    receive(route.get(), request, exchange, sender);
  }

  private void receive(
      Route route, HttpServerRequest request, Exchange exchange, Principal sender) {
    Optional<HttpError> announced = announced(request);
    if (announced.isPresent()) {
      exchange.refuse(announced.get());
      return;
    }
    Optional<String> device =
        sender instanceof Principal.Device known ? Optional.of(known.deviceId()) : Optional.empty();
    BodyReader.Found found = reader.find(route, request, device);
    if (found instanceof BodyReader.Found.None none) {
      exchange.refuse(none.error());
      return;
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      Future<Void> unusedSent = request.response().writeContinue();
    }
    exchange.receive(((BodyReader.Found.It) found).reader(), sender, way(request));
  }

  private Intake way(HttpServerRequest request) {
    String traceParent = traces.areOn() ? request.getHeader(Traces.PARENT) : null;
    return traceParent == null ? intake : new TracedIntake(intake, traces, traceParent);
  }

  /** What is wrong already before the body comes. */
  private Optional<HttpError> announced(HttpServerRequest request) {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return Optional.of(
          HttpError.of(415, "unsupported-encoding", "Send the body without Content-Encoding"));
    }
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean tooLarge = length != null && isMoreThan(config.maxBodyBytes(), length);
    return tooLarge ? Optional.of(Exchange.tooLarge(config)) : Optional.empty();
  }

  /** The decoder has seen to it that it is a number, however long. */
  private static boolean isMoreThan(int limit, String length) {
    String digits = length.strip().replaceFirst("^\\+?0*", "");
    return digits.length() > 9 || (!digits.isEmpty() && Integer.parseInt(digits) > limit);
  }

  private void sweep() {
    long now = System.nanoTime();
    List.copyOf(exchanges).forEach(exchange -> exchange.expire(now));
  }
}
