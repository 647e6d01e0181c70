package dev.skerry.ingest.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Detections back to subscribers over MQTT and to webhooks. */
@ExtendWith(MqttSite.Shared.class)
class AnswersIT {

  private final MqttSite site;

  @SuppressWarnings("NullAway.Init")
  private KafkaProducer<byte[], byte[]> producer;

  AnswersIT(MqttSite site) {
    this.site = site;
  }

  @BeforeEach
  void open() {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", site.node().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void close() {
    producer.close();
  }

  @Test
  void shouldTellADeviceItsDetections() throws Exception {
    Mosquitto.require();
    Process subscriber =
        Mosquitto.subscribe(
            site.gateway().mqttPort(), "-q", "1", "-t", "detections/d-6", "-C", "1", "-W", "60");
    Mqtt5BlockingClient client = site.connected("c-6");
    try (Mqtt5BlockingClient.Mqtt5Publishes publishes =
        client.publishes(MqttGlobalPublishFilter.ALL)) {
      client.subscribeWith().topicFilter("detections/d-6").qos(MqttQos.EXACTLY_ONCE).send();
      await().until(() -> site.gateway().gauge("skerry.ingest.mqtt.subscriptions") == 2);
      // What was written before the gateway came to the topic's end is not for subscribers.
      Optional<Mqtt5Publish> told =
          await()
              .atMost(Duration.ofMinutes(1))
              .until(
                  () -> {
                    detect("d-6", "bearing_wear", 1);
                    return publishes.receive(1, TimeUnit.SECONDS);
                  },
                  Optional::isPresent);
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
              return !site.receiver().of("warm-up").isEmpty();
            });
    int before = site.receiver().refusals();
    site.receiver().answerWith(503);
    for (int sequence = 1; sequence <= 5; sequence++) {
      detect("d-7", "alarm", sequence);
      detect("d-7", "normal", 100 + sequence);
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> site.receiver().refusals() >= before + 3);
    site.receiver().answerWith(200);
    await().atMost(Duration.ofSeconds(30)).until(() -> site.receiver().of("d-7").size() == 5);
    List<WebhookReceiver.Posted> posted = site.receiver().of("d-7");
    for (int i = 0; i < 5; i++) {
      assertThat(posted.get(i).body()).contains("\"sequence\":" + (i + 1));
      assertThat(posted.get(i).signature()).isEqualTo(signature(posted.get(i)));
    }
    assertThat(posted).extracting(WebhookReceiver.Posted::delivery).doesNotHaveDuplicates();
  }

  private static String signature(WebhookReceiver.Posted posted) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(MqttSite.SECRET.getBytes(UTF_8), "HmacSHA256"));
    byte[] signed = (posted.timestamp() + "." + posted.body()).getBytes(UTF_8);
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(signed));
  }

  private void detect(String device, String label, long sequence) throws Exception {
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
}
