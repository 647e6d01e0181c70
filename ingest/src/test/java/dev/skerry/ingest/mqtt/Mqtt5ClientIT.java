package dev.skerry.ingest.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import dev.skerry.ingest.TelemetryTopic;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topics;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The gateway with Kafka behind it and HiveMQ's client for MQTT 5 in front. */
@ExtendWith(MqttSite.Shared.class)
class Mqtt5ClientIT {

  private final MqttSite site;

  Mqtt5ClientIT(MqttSite site) {
    this.site = site;
  }

  @Test
  void shouldTellAClientOfMqtt5WhatIsWrongWithItsMessage() {
    Mqtt5BlockingClient client = site.connected("c-1");
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
    Mqtt5BlockingClient client = site.connected("c-2");
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
    assertThat(site.of("d-2")).containsExactly(telemetry);
    assertThat(TelemetryTopic.read(site.node(), Topics.TELEMETRY_FRAMES))
        .filteredOn(frame -> frame.getDeviceId().equals("d-2"))
        .singleElement()
        .satisfies(frame -> assertThat(((Frame) frame.getPayload()).getWidth()).isEqualTo(20));
  }

  @Test
  void shouldAnnounceItsTermsInMqtt5() {
    Mqtt5BlockingClient client =
        Mqtt5Client.builder()
            .serverHost("127.0.0.1")
            .serverPort(site.gateway().mqttPort())
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
    Mqtt5BlockingClient client = site.client("c-3");
    client
        .connectWith()
        .simpleAuth()
        .username("pump-7")
        .password(MqttSite.TOKEN.getBytes(UTF_8))
        .applySimpleAuth()
        .send();
    assertThat(refusal(client, "telemetry/pump-8/pump", "{}").getMqttMessage().getReasonCode())
        .isEqualTo(Mqtt5PubAckReasonCode.NOT_AUTHORIZED);
    client.disconnect();
    Mqtt5ConnAckException denied =
        catchThrowableOfType(
            Mqtt5ConnAckException.class,
            () ->
                site.client("c-4")
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
    Mqtt5BlockingClient client = site.client("c-5");
    client
        .connectWith()
        .willPublish()
        .topic("telemetry/d-5/vibration")
        .payload("{\"attributes\":{\"gone\":\"1\"},\"readings\":{\"values\":[0]}}".getBytes(UTF_8))
        .applyWillPublish()
        .send();
    site.connected("c-5").disconnect(); // The same identifier ends the first connection.
    await()
        .untilAsserted(
            () ->
                assertThat(site.of("d-5"))
                    .singleElement()
                    .extracting(Telemetry::getAttributes)
                    .isEqualTo(Map.of("gone", "1")));
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

  private static byte[] png() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(20, 10, BufferedImage.TYPE_BYTE_GRAY), "png", bytes);
    return bytes.toByteArray();
  }
}
