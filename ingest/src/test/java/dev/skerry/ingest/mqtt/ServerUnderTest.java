package dev.skerry.ingest.mqtt;

import dev.skerry.ingest.auth.Authenticator;
import dev.skerry.ingest.auth.TokenHash;
import dev.skerry.service.trace.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a free port in front of a scripted intake; the device pump-7 has a token. */
final class ServerUnderTest implements AutoCloseable {

  static final String DEVICE = "pump-7";
  static final String TOKEN = "a token that nobody guesses";

  final ScriptedIntake intake = new ScriptedIntake();
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  /** What nobody in the server has caught. */
  final List<Throwable> uncaught = new CopyOnWriteArrayList<>();

  private final Vertx vertx = Vertx.vertx().exceptionHandler(uncaught::add);
  private final MqttServer server;

  ServerUnderTest() {
    this(Map.of());
  }

  ServerUnderTest(Map<String, String> settings) {
    Authenticator authenticator =
        new Authenticator(
            hash -> hash.equals(TokenHash.of(TOKEN)) ? Optional.of(DEVICE) : Optional.empty(),
            /* anonymousOnLoopback= */ true);
    this.server =
        MqttServer.start(
            vertx,
            config(settings),
            new NetServerOptions(),
            /* eventLoops= */ 2,
            "north",
            stream -> stream.equals("known") ? OptionalInt.of(2) : OptionalInt.empty(),
            authenticator,
            intake,
            Traces.OFF,
            metrics);
  }

  int port() {
    return server.port();
  }

  AnswerTopics answers() {
    return server.answers();
  }

  /** A gauge or counter's value; 0 where it was never counted. */
  double metric(String name, String... tags) {
    return metrics.find("skerry.ingest.mqtt." + name).tags(tags).meters().stream()
        .flatMap(
            meter -> java.util.stream.StreamSupport.stream(meter.measure().spliterator(), false))
        .mapToDouble(measurement -> measurement.getValue())
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static MqttConfig config(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("port", "0");
    Map<String, String> prefixed = new HashMap<>();
    all.forEach((key, value) -> prefixed.put("mqtt-test." + key, value));
    return new SmallRyeConfigBuilder()
        .withMapping(Mapped.class)
        .withDefaultValues(prefixed)
        .build()
        .getConfigMapping(Mapped.class);
  }

  /** The same under a prefix of its own. */
  @io.smallrye.config.ConfigMapping(prefix = "mqtt-test")
  interface Mapped extends MqttConfig {}
}
