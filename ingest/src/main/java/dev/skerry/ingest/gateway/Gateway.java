package dev.skerry.ingest.gateway;

import dev.skerry.ingest.answers.AnswerFeed;
import dev.skerry.ingest.answers.Webhooks;
import dev.skerry.ingest.auth.Authenticator;
import dev.skerry.ingest.devices.WatchedDevices;
import dev.skerry.ingest.http.HttpEndpoint;
import dev.skerry.ingest.intake.KafkaWriter;
import dev.skerry.ingest.intake.TelemetryIntake;
import dev.skerry.ingest.intake.TopicTail;
import dev.skerry.ingest.mqtt.MqttServer;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ConfigException;
import dev.skerry.service.Observability;
import dev.skerry.service.Service;
import dev.skerry.service.Settings;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway: listeners in front, the intake behind them, Kafka behind that. It takes messages
 * when Kafka's brokers answer and it knows what it wrote before.
 */
public final class Gateway implements Service {

  private static final Logger log = LoggerFactory.getLogger(Gateway.class);
  private static final long ASK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long LOOK_MILLIS = 50;
  private static final long REFRESH_MILLIS = 500;

  private final GatewayConfig config;
  private final Settings settings;
  private final Tls tls;
  private final Vertx vertx;
  private final WatchedDevices devices;
  private final KafkaWriter writer;
  private final TelemetryIntake intake;
  private final Optional<HttpEndpoint> http;
  private final Optional<MqttServer> mqtt;
  private final List<AutoCloseable> resources = new ArrayList<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean open;

  /**
   * Listens, and refuses everything until {@link #run}.
   *
   * @throws dev.skerry.service.ConfigException for a key, a file or a port that cannot be, by name
   */
  public Gateway(Settings settings, Observability observability) {
    this.settings = settings;
    this.config = GatewayOptions.check(settings.get(GatewayConfig.class));
    // First of all: who asks before this is there is told that all is well.
    observability
        .health()
        .ready("kafka", () -> open ? Optional.empty() : Optional.of("is being waited for"));
    this.tls = new Tls(config.tls());
    this.devices = WatchedDevices.open(config.devices(), config.strictness());
    try {
      this.writer =
          own(KafkaWriter.open(settings.kafka(), config.maxPendingBytes(), observability.traces()));
      own(new KafkaClientMetrics(writer.producer())).bindTo(observability.metrics());
      this.intake =
          new TelemetryIntake(
              config.siteId(),
              devices,
              writer,
              new TelemetryIntake.Limits(
                  config.maxPendingBytes(), config.windowRecords(), config.windowRecords()),
              observability.metrics(),
              InstantSource.system());
      Authenticator authenticator = new Authenticator(devices, config.anonymousOnLoopback());
      Vertx vertx = openVertx();
      tls.check(vertx);
      tls.bindTo(observability.metrics());
      this.vertx = vertx;
      this.http = listenToHttp(vertx, authenticator, observability);
      this.mqtt = listenToMqtt(vertx, authenticator, observability);
      own(Webhooks.start(settings.kafka(), config.answers(), observability.metrics()));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    observability.health().live("kafka", writer::problem);
    observability.health().say("devices", devices.describe());
  }

  private Vertx openVertx() {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(config.eventLoops())
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    own(() -> vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
    return vertx;
  }

  private Optional<HttpEndpoint> listenToHttp(
      Vertx vertx, Authenticator authenticator, Observability observability) {
    if (config.http().port() < 0) {
      return Optional.empty();
    }
    return Optional.of(
        own(
            HttpEndpoint.start(
                vertx,
                tls.secure(new HttpServerOptions()),
                config.http(),
                config.siteId(),
                config.eventLoops(),
                authenticator,
                intake,
                observability)));
  }

  private Optional<MqttServer> listenToMqtt(
      Vertx vertx, Authenticator authenticator, Observability observability) {
    if (config.mqtt().port() < 0) {
      return Optional.empty();
    }
    MqttServer server =
        own(
            MqttServer.start(
                vertx,
                config.mqtt(),
                tls.secure(new NetServerOptions()),
                config.eventLoops(),
                config.siteId(),
                devices::channels,
                authenticator,
                intake,
                observability.traces(),
                observability.metrics()));
    own(
        AnswerFeed.start(
            settings.kafka(), config.answers(), server.answers(), observability.metrics()));
    return Optional.of(server);
  }

  /** Where it listens for HTTP; empty where it does not. */
  public Optional<Integer> httpPort() {
    return http.map(HttpEndpoint::port);
  }

  /** Where it listens for MQTT; empty where it does not. */
  public Optional<Integer> mqttPort() {
    return mqtt.map(MqttServer::port);
  }

  @Override
  public void run() throws Exception {
    awaitTopics();
    if (!isStopping()) {
      long started = System.nanoTime();
      long told =
          new TopicTail(settings.kafka(), config.windowRecords(), this::isStopping).tell(intake);
      log.info(
          "{} records of before are known after {} ms",
          told,
          Duration.ofNanos(System.nanoTime() - started).toMillis());
      intake.open();
      open = true;
      http.ifPresent(
          endpoint -> log.info("taking telemetry over HTTP on port {}", endpoint.port()));
      mqtt.ifPresent(server -> log.info("taking telemetry over MQTT on port {}", server.port()));
      awaitEnd();
    }
    intake.shut();
    intake.awaitAnswered(settings.service().stopTimeout().dividedBy(2));
  }

  private void awaitTopics() throws InterruptedException {
    List<Topic> topics = List.of(Topics.TELEMETRY, Topics.TELEMETRY_FRAMES, Topics.DEAD_LETTERS);
    boolean said = false;
    long askedNanos = System.nanoTime();
    while (!stopping.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)
        && !topics.stream().allMatch(topic -> writer.knows(topic.name()))) {
      if (!said) {
        said = true;
        log.info("waiting for Kafka and its topics");
      }
      if (System.nanoTime() - askedNanos > ASK_EVERY_NANOS) {
        TopicRights.check(settings.kafka(), topics);
        askedNanos = System.nanoTime();
      }
    }
  }

  private void awaitEnd() throws Exception {
    while (!stopping.await(REFRESH_MILLIS, TimeUnit.MILLISECONDS)) {
      writer.requireAlive();
      devices.refresh();
      if (tls.hasChanged()) {
        renewTls();
      }
    }
  }

  private void renewTls() {
    try {
      tls.check(vertx);
      ServerSSLOptions options = tls.secure(new NetServerOptions()).getSslOptions();
      http.ifPresent(endpoint -> endpoint.renewTls(options));
      mqtt.ifPresent(server -> server.renewTls(options));
      log.info("the certificates were read again");
    } catch (ConfigException e) {
      log.error("{}; the certificates of before stay in use", e.getMessage());
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  @Override
  public void stop() {
    stopping.countDown();
  }

  private <T extends AutoCloseable> T own(T resource) {
    resources.add(resource);
    return resource;
  }

  /** Frees listeners and clients, the last taken first. */
  @Override
  public void close() {
    for (int i = resources.size() - 1; i >= 0; i--) {
      try {
        resources.get(i).close();
      } catch (Exception e) {
        log.warn("something of the gateway could not be closed", e);
      }
    }
    resources.clear();
  }
}
