package dev.skerry.ingest.mqtt;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import dev.skerry.broker.KafkaNode;
import dev.skerry.ingest.TelemetryTopic;
import dev.skerry.ingest.auth.TokenHash;
import dev.skerry.ingest.gateway.RunningGateway;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A broker, a gateway in front of it and somebody who takes webhooks: one for all test classes of a
 * JVM, since each uses devices of its own.
 */
final class MqttSite implements AutoCloseable {

  static final String SECRET = "a secret that is long enough";
  static final String TOKEN = "pump-7's token";

  private final Path dir;
  private final KafkaNode node;
  private final WebhookReceiver receiver;
  private final RunningGateway gateway;

  private MqttSite() throws Exception {
    dir = Files.createTempDirectory("mqtt-site");
    node = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("node")));
    for (Topic topic :
        List.of(
            Topics.TELEMETRY, Topics.TELEMETRY_FRAMES, Topics.DEAD_LETTERS, Topics.DETECTIONS)) {
      TelemetryTopic.create(node, topic);
    }
    receiver = new WebhookReceiver();
    gateway =
        RunningGateway.start(
            node.bootstrapServers(),
            "gateway.devices",
            file("devices.yaml", devices()),
            "gateway.answers.webhook.urls",
            receiver.address(),
            "gateway.answers.webhook.secret-file",
            file("secret", SECRET),
            "gateway.answers.webhook.except-labels",
            "normal",
            "gateway.answers.webhook.max-back-off",
            "PT0.3S");
  }

  KafkaNode node() {
    return node;
  }

  RunningGateway gateway() {
    return gateway;
  }

  WebhookReceiver receiver() {
    return receiver;
  }

  Mqtt5BlockingClient connected(String identifier) {
    Mqtt5BlockingClient client = client(identifier);
    client.connect();
    return client;
  }

  Mqtt5BlockingClient client(String identifier) {
    return Mqtt5Client.builder()
        .identifier(identifier)
        .serverHost("127.0.0.1")
        .serverPort(gateway.mqttPort())
        .buildBlocking();
  }

  /** What is in the topic of one device. */
  List<Telemetry> of(String device) {
    return TelemetryTopic.read(node).stream()
        .filter(telemetry -> telemetry.getDeviceId().equals(device))
        .toList();
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(dir.resolve(name), content).toString();
  }

  private static String devices() {
    return """
        streams:
          pump: {channels: 2, steps: 2}
          vibration: {}
          surface: {}
        devices:
          pump-7: {tokens: ["sha256:%s"]}
          "*": {}
        """
        .formatted(TokenHash.of(TOKEN).hex());
  }

  @Override
  public void close() {
    gateway.close();
    receiver.close();
    node.close();
    try {
      Utils.delete(dir.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the site to tests that ask for it. */
  static final class Shared implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == MqttSite.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getStore(StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create(MqttSite.class))
          .getOrComputeIfAbsent(MqttSite.class, type -> open(), MqttSite.class);
    }

    private static MqttSite open() {
      try {
        return new MqttSite();
      } catch (Exception e) {
        throw new IllegalStateException("The site does not start", e);
      }
    }
  }
}
