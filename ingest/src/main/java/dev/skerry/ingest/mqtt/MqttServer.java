package dev.skerry.ingest.mqtt;

import dev.skerry.ingest.auth.Authenticator;
import dev.skerry.ingest.intake.Intake;
import dev.skerry.service.ConfigException;
import dev.skerry.service.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listener for MQTT 3.1.1 and 5, on some event loops. Thread-safe. */
public final class MqttServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MqttServer.class);
  private static final long CHECK_MILLIS = 500;
  private static final long START_SECONDS = 30;
  private static final long STOP_SECONDS = 10;

  /** To Vert.x a free one that all servers with this number share, so it is not that of HTTP. */
  private static final int FREE_PORT = -1883;

  private static final int RECEIVE_BYTES = 16 << 10;

  /** So many are still told that the server is busy; those beyond are not even listened to. */
  private static final int TURNED_AWAY_AT_A_TIME = 200;

  private final List<NetServer> servers = new CopyOnWriteArrayList<>();
  private final Vertx vertx;
  private final MqttConfig config;
  private final AnswerTopics answers = new AnswerTopics();
  private final MqttMetrics metrics;
  private final MemoryBudget memory;
  private final ConnectedClients clients = new ConnectedClients();
  private final AtomicInteger port = new AtomicInteger();
  private String deployment = "";

  private MqttServer(Vertx vertx, MqttConfig config, MeterRegistry registry) {
    this.vertx = vertx;
    this.config = config;
    this.memory = new MemoryBudget(config.maxUnansweredBytes());
    this.metrics = new MqttMetrics(registry, memory, answers, Clock.systemUTC());
  }

  /**
   * Listens.
   *
   * @param network what the sockets are like, with TLS where they have it
   * @param eventLoops how many of them serve connections
   * @throws ConfigException where the port cannot be bound
   */
  public static MqttServer start(
      Vertx vertx,
      MqttConfig config,
      NetServerOptions network,
      int eventLoops,
      String siteId,
      StreamShapes shapes,
      Authenticator authenticator,
      Intake intake,
      Traces traces,
      MeterRegistry registry) {
    MqttServer server = new MqttServer(vertx, config, registry);
    Admission admission = new Admission(config, authenticator, server.metrics);
    server.deploy(
        network,
        eventLoops,
        () ->
            new Reception(
                config,
                admission,
                intake,
                new MessageReader(siteId, shapes),
                server.memory,
                server.clients,
                server.answers,
                traces,
                server.metrics));
    return server;
  }

  /** The port that is listened on. */
  public int port() {
    return port.get();
  }

  /** Where answers go to those who have subscribed to them. */
  public AnswerTopics answers() {
    return answers;
  }

  /** Shows other certificates to those who connect from now on. */
  public void renewTls(ServerSSLOptions tls) {
    for (NetServer server : servers) {
      Future<Boolean> unusedDone =
          server
              .updateSSLOptions(tls, /* force= */ true)
              .onFailure(e -> log.error("The MQTT listener keeps its certificate", e));
    }
  }

  /** Ends all connections and listens no longer. */
  @Override
  public void close() {
    try {
      vertx
          .undeploy(deployment)
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      log.warn("The MQTT listener did not stop in order", e.getCause());
    }
  }

  private void deploy(NetServerOptions network, int eventLoops, Supplier<Reception> receptions) {
    NetServerOptions options =
        new NetServerOptions(network)
            .setHost(config.host())
            .setPort(config.port() == 0 ? FREE_PORT : config.port())
            .setTcpNoDelay(true)
            .setTcpKeepAlive(true)
            .setReceiveBufferSize(RECEIVE_BYTES);
    try {
      deployment =
          vertx
              .deployVerticle(
                  () -> new Listener(options, receptions.get()),
                  new DeploymentOptions().setInstances(eventLoops))
              .toCompletionStage()
              .toCompletableFuture()
              .orTimeout(START_SECONDS, TimeUnit.SECONDS)
              .join();
    } catch (CompletionException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new ConfigException(
          "gateway.mqtt.port "
              + config.port()
              + " on "
              + config.host()
              + " cannot be bound: "
              + (reason instanceof TimeoutException ? "it took too long" : reason.getMessage()),
          e);
    }
  }

  /** What listens on one event loop. */
  private final class Listener extends AbstractVerticle {

    private final NetServerOptions options;
    private final Reception reception;
    private final Set<Connection> connections = new HashSet<>();

    Listener(NetServerOptions options, Reception reception) {
      this.options = options;
      this.reception = reception;
    }

    @Override
    public void start(Promise<Void> started) {
      NetServer server = vertx.createNetServer(options);
      servers.add(server);
      server.connectHandler(this::accept);
      server.exceptionHandler(failure -> log.debug("A connection did not come about", failure));
      server
          .listen()
          .onSuccess(listening -> port.set(listening.actualPort()))
          .<Void>mapEmpty()
          .onComplete(started);
      vertx.setPeriodic(CHECK_MILLIS, timer -> checkAll());
    }

    @Override
    public void stop() {
      List.copyOf(connections).forEach(Connection::shutDown);
    }

    private void accept(NetSocket socket) {
      int open = metrics.connections().incrementAndGet();
      if (open > config.maxConnections() + TURNED_AWAY_AT_A_TIME) {
        metrics.connections().decrementAndGet();
        metrics.connect("not-heard");
        socket.close();
        return;
      }
      Connection connection = new Connection(reception, socket, context);
      connections.add(connection);
      socket.closeHandler(
          gone -> {
            metrics.connections().decrementAndGet();
            connections.remove(connection);
            connection.closed();
          });
    }

    private void checkAll() {
      long nowNanos = System.nanoTime();
      List.copyOf(connections).forEach(connection -> connection.check(nowNanos));
    }
  }
}
