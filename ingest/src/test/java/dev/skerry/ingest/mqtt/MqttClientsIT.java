package dev.skerry.ingest.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import dev.skerry.broker.KafkaNode;
import dev.skerry.ingest.TelemetryTopic;
import dev.skerry.ingest.auth.TokenHash;
import dev.skerry.ingest.gateway.RunningGateway;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway with Kafka behind it and clients that others wrote in front. */
@SuppressWarnings("NullAway.Init")
class MqttClientsIT {

  private static final String SECRET = "a secret that is long enough";
  private static final String TOKEN = "pump-7's token";

  private static KafkaNode node;
  private static RunningGateway gateway;
  private static KafkaProducer<byte[], byte[]> producer;
  private static WebhookReceiver receiver;

  @TempDir static Path dir;

  @BeforeAll
  static void start() throws Exception {
    node = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("node")));
    for (Topic topic :
        List.of(
            Topics.TELEMETRY, Topics.TELEMETRY_FRAMES, Topics.DEAD_LETTERS, Topics.DETECTIONS)) {
      TelemetryTopic.create(node, topic);
    }
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", node.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
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

  @AfterAll
  static void stop() {
    gateway.close();
    receiver.close();
    producer.close();
    node.close();
  }

  @Test
  void shouldTakeJsonAndRawFloatsFromMosquitto() throws Exception {
    Mosquitto.require();
    int port = gateway.mqttPort();
    String json = "{\"sequence\":1,\"readings\":{\"values\":[[1,2],[3,4]]}}";
    assertThat(Mosquitto.publish(port, "-q", "1", "-t", "telemetry/m-1/pump", "-m", json))
        .isEqualTo("0");
    Path raw = dir.resolve("raw");
    Files.write(raw, floats(1, 2, 3, 4));
    assertThat(Mosquitto.publish(port, "-q", "1", "-t", "telemetry/m-2/pump/f32", "-f", "" + raw))
        .isEqualTo("0");
    assertThat(
            Mosquitto.publish(
                port,
                "-V",
                "mqttv5",
                "-q",
                "1",
                "-t",
                "telemetry/m-3/vibration/f32",
                "-f",
                "" + raw,
                "-D",
                "publish",
                "user-property",
                "channels",
                "1",
                "-D",
                "publish",
                "user-property",
                "sequence",
                "77"))
        .isEqualTo("0");
    assertThat(readings("m-1")).isEqualTo(readings("m-2"));
    assertThat(readings("m-1").getChannels()).isEqualTo(2);
    assertThat(readings("m-3").getSteps()).isEqualTo(4);
    assertThat(of("m-3").get(0).getSequence()).isEqualTo(77);
  }

  @Test
  void shouldKeepWhatAnOldClientSendsWronglyAsADeadLetter() throws Exception {
    Mosquitto.require();
    double before = gateway.metric("skerry.ingest.mqtt.messages");
    String json = "{\"readings\":{\"values\":[[1],[2],[3]]}}";
    assertThat(
            Mosquitto.publish(
                gateway.mqttPort(), "-q", "1", "-t", "telemetry/m-4/pump", "-m", json))
        .isEqualTo("0");
    assertThat(gateway.metric("skerry.ingest.mqtt.messages")).isGreaterThan(before);
    assertThat(of("m-4")).isEmpty();
    assertThat(TelemetryTopic.keys(node, Topics.DEAD_LETTERS)).contains("m-4");
  }

  @Test
  void shouldTellAClientOfMqtt5WhatIsWrongWithItsMessage() {
    Mqtt5BlockingClient client = connected("c-1");
    assertThat(refusal(client, "telemetry/d-1/pump", "{\"readings\":{\"values\":[[1]]}}"))
        .satisfies(
            refused -> {
              assertThat(refused.getMqttMessage().getReasonCode())
                  .isEqualTo(Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID);
              assertThat(refused.getMqttMessage().getReasonString().orElseThrow().toString())
                  .contains("readings.channels");
            });
    assertThat(refusal(client, "telemetry/d-1/pump", "{\"reading\":1}").getMqttMessage())
        .satisfies(
            message ->
                assertThat(message.getReasonString().orElseThrow().toString())
                    .contains("reading: ", "line 1"));
    assertThat(refusal(client, "elsewhere", "{}").getMqttMessage().getReasonCode())
        .isEqualTo(Mqtt5PubAckReasonCode.TOPIC_NAME_INVALID);
    client.disconnect();
  }

  @Test
  void shouldTakeAvroAndFramesByTheirContentType() throws Exception {
    Mqtt5BlockingClient client = connected("c-2");
    Telemetry telemetry =
        Telemetry.newBuilder()
            .setDeviceId("d-2")
            .setSiteId("north")
            .setStream("vibration")
            .setEventTime(Instant.ofEpochMilli(System.currentTimeMillis()))
            .setSequence(5)
            .setPayload(new Readings(1, 2, 0f, List.of(1f, 2f)))
            .build();
    client
        .publishWith()
        .topic("telemetry/d-2/vibration")
        .contentType("application/avro")
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(new AvroEncoder<>(Telemetry.class).encode(telemetry))
        .send();
    client
        .publishWith()
        .topic("frames/d-2/surface")
        .contentType("image/png")
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(png())
        .send();
    client.disconnect();
    assertThat(of("d-2")).containsExactly(telemetry);
    assertThat(TelemetryTopic.read(node, Topics.TELEMETRY_FRAMES))
        .filteredOn(frame -> frame.getDeviceId().equals("d-2"))
        .singleElement()
        .satisfies(frame -> assertThat(((Frame) frame.getPayload()).getWidth()).isEqualTo(20));
  }

  @Test
  void shouldAnnounceItsTermsInMqtt5() {
    Mqtt5BlockingClient client =
        Mqtt5Client.builder()
            .serverHost("127.0.0.1")
            .serverPort(gateway.mqttPort())
            .buildBlocking();
    Mqtt5ConnAck connAck = client.connect();
    assertThat(connAck.getAssignedClientIdentifier()).isPresent();
    assertThat(connAck.getRestrictions().getMaximumQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
    assertThat(connAck.getRestrictions().getReceiveMaximum()).isEqualTo(32);
    assertThat(connAck.getRestrictions().isWildcardSubscriptionAvailable()).isFalse();
    assertThat(connAck.getRestrictions().isSharedSubscriptionAvailable()).isFalse();
    client.disconnect();
  }

  @Test
  void shouldLetADeviceWriteOnlyAsItself() {
    Mqtt5BlockingClient client = client("c-3");
    client
        .connectWith()
        .simpleAuth()
        .username("pump-7")
        .password(TOKEN.getBytes(UTF_8))
        .applySimpleAuth()
        .send();
    assertThat(refusal(client, "telemetry/pump-8/pump", "{}").getMqttMessage().getReasonCode())
        .isEqualTo(Mqtt5PubAckReasonCode.NOT_AUTHORIZED);
    client.disconnect();
    Mqtt5ConnAckException denied =
        catchThrowableOfType(
            Mqtt5ConnAckException.class,
            () ->
                client("c-4")
                    .connectWith()
                    .simpleAuth()
                    .username("pump-7")
                    .password("guessed".getBytes(UTF_8))
                    .applySimpleAuth()
                    .send());
    assertThat(denied.getMqttMessage().getReasonCode())
        .isEqualTo(Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD);
  }

  @Test
  void shouldPublishTheWillOfADeviceThatIsGone() {
    Mqtt5BlockingClient client = client("c-5");
    client
        .connectWith()
        .willPublish()
        .topic("telemetry/d-5/vibration")
        .payload("{\"attributes\":{\"gone\":\"1\"},\"readings\":{\"values\":[0]}}".getBytes(UTF_8))
        .applyWillPublish()
        .send();
    connected("c-5").disconnect(); // The same identifier ends the first connection.
    await()
        .untilAsserted(
            () ->
                assertThat(of("d-5"))
                    .singleElement()
                    .extracting(Telemetry::getAttributes)
                    .isEqualTo(Map.of("gone", "1")));
  }

  @Test
  void shouldTellADeviceItsDetections() throws Exception {
    Mosquitto.require();
    Process subscriber =
        Mosquitto.subscribe(
            gateway.mqttPort(), "-q", "1", "-t", "detections/d-6", "-C", "1", "-W", "60");
    Mqtt5BlockingClient client = connected("c-6");
    try (Mqtt5BlockingClient.Mqtt5Publishes publishes =
        client.publishes(MqttGlobalPublishFilter.ALL)) {
      client.subscribeWith().topicFilter("detections/d-6").qos(MqttQos.EXACTLY_ONCE).send();
      await().until(() -> gateway.gauge("skerry.ingest.mqtt.subscriptions") == 2);
      detect("d-6", "bearing_wear", 1);
      Optional<Mqtt5Publish> told = publishes.receive(20, TimeUnit.SECONDS);
      assertThat(new String(told.orElseThrow().getPayloadAsBytes(), UTF_8))
          .contains("\"label\":\"bearing_wear\"", "\"sequence\":1", "\"confidence\":0.5");
      assertThat(subscriber.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(Mosquitto.output(subscriber)).contains("\"label\":\"bearing_wear\"");
    }
    client.disconnect();
  }

  @Test
  void shouldPostDetectionsSignedAndInOrderAlsoAfterTheReceiverWasDown() throws Exception {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              detect("warm-up", "alarm", 0);
              return !receiver.of("warm-up").isEmpty();
            });
    int before = receiver.refusals();
    receiver.answerWith(503);
    for (int sequence = 1; sequence <= 5; sequence++) {
      detect("d-7", "alarm", sequence);
      detect("d-7", "normal", 100 + sequence);
    }
    await().until(() -> receiver.refusals() >= before + 3);
    receiver.answerWith(200);
    await().atMost(Duration.ofSeconds(30)).until(() -> receiver.of("d-7").size() == 5);
    List<WebhookReceiver.Posted> posted = receiver.of("d-7");
    for (int i = 0; i < 5; i++) {
      assertThat(posted.get(i).body()).contains("\"sequence\":" + (i + 1));
      assertThat(posted.get(i).signature()).isEqualTo(signature(posted.get(i)));
    }
    assertThat(posted).extracting(WebhookReceiver.Posted::delivery).doesNotHaveDuplicates();
  }

  private static String signature(WebhookReceiver.Posted posted) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    byte[] signed = (posted.timestamp() + "." + posted.body()).getBytes(UTF_8);
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(signed));
  }

  private static void detect(String device, String label, long sequence) throws Exception {
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    Detection detection =
        Detection.newBuilder()
            .setDeviceId(device)
            .setSiteId("north")
            .setStream("vibration")
            .setEventTime(now)
            .setSequence(sequence)
            .setSource(new SourceRef("telemetry", 0, sequence, now))
            .setInferredAt(now)
            .setModel("m")
            .setModelVersion("1")
            .setRole(ModelRole.CHAMPION)
            .setLabel(label)
            .setConfidence(0.5f)
            .setScores(Map.of(label, 0.5f))
            .build();
    byte[] value = new AvroEncoder<>(Detection.class).encode(detection);
    producer
        .send(new ProducerRecord<>(Topics.DETECTIONS.name(), device.getBytes(UTF_8), value))
        .get(30, TimeUnit.SECONDS);
  }

  private static Mqtt5PubAckException refusal(
      Mqtt5BlockingClient client, String topic, String payload) {
    return catchThrowableOfType(
        Mqtt5PubAckException.class,
        () ->
            client
                .publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(UTF_8))
                .send());
  }

  private static Mqtt5BlockingClient connected(String identifier) {
    Mqtt5BlockingClient client = client(identifier);
    client.connect();
    return client;
  }

  private static Mqtt5BlockingClient client(String identifier) {
    return Mqtt5Client.builder()
        .identifier(identifier)
        .serverHost("127.0.0.1")
        .serverPort(gateway.mqttPort())
        .buildBlocking();
  }

  private static List<Telemetry> of(String device) {
    return TelemetryTopic.read(node).stream()
        .filter(telemetry -> telemetry.getDeviceId().equals(device))
        .toList();
  }

  private static Readings readings(String device) {
    return (Readings) of(device).get(0).getPayload();
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  private static byte[] png() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(20, 10, BufferedImage.TYPE_BYTE_GRAY), "png", bytes);
    return bytes.toByteArray();
  }

  private static String file(String name, String content) throws Exception {
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
}
