package dev.skerry.ingest.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.ingest.gateway.GatewayConfig;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.WireFormat;
import dev.skerry.service.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WebhookFeedTest {

  private static final List<TopicPartition> PARTITIONS =
      List.of(
          new TopicPartition("detections", 0),
          new TopicPartition("detections", 1),
          new TopicPartition("detections", 2));

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void shouldComeBackToWhatANewerReleaseWroteAndPassNothingOverForIt() {
    consumer.assign(PARTITIONS);
    PARTITIONS.forEach(partition -> consumer.seek(partition, 0));
    byte[] newer = detection();
    WireFormat.writeHeader(newer, 1_099_999);
    try (WebhookFeed feed = feed()) {
      consumer.schedulePollTask(
          () -> {
            for (int partition = 0; partition < 3; partition++) {
              add(partition, 0, partition == 1 ? newer : detection());
              add(partition, 1, detection());
            }
          });
      feed.poll(consumer);
      assertThat(PARTITIONS).extracting(consumer::position).containsExactly(2L, 0L, 2L);
      assertThat(waiting()).isEqualTo(4);

      consumer.schedulePollTask(
          () -> {
            add(1, 0, detection());
            add(1, 1, detection());
          });
      feed.poll(consumer);
      assertThat(PARTITIONS).extracting(consumer::position).containsExactly(2L, 2L, 2L);
      assertThat(waiting()).isEqualTo(6);
    }
  }

  /** To an address that takes nothing, so that all that was taken from Kafka waits. */
  private WebhookFeed feed() {
    Settings settings =
        Settings.of(
            Map.of("kafka.bootstrap.servers", "127.0.0.1:1", "gateway.site-id", "north"),
            GatewayConfig.class);
    AnswersConfig.Webhook config = settings.get(GatewayConfig.class).answers().webhook();
    return new WebhookFeed(
        URI.create("http://127.0.0.1:1/"),
        settings.kafka(),
        new AnswerFilter(config, "gateway.answers.webhook"),
        config,
        Optional.empty(),
        registry);
  }

  private double waiting() {
    return registry.get("skerry.ingest.webhook.waiting").gauge().value();
  }

  private void add(int partition, long offset, byte[] value) {
    consumer.addRecord(
        new ConsumerRecord<>("detections", partition, offset, new byte[] {1}, value));
  }

  private static byte[] detection() {
    return new AvroEncoder<>(Detection.class)
        .encode(
            Detection.newBuilder()
                .setDeviceId("pump-1")
                .setSiteId("north")
                .setStream("vibration")
                .setEventTime(Instant.EPOCH)
                .setSequence(1)
                .setSource(new SourceRef("telemetry", 0, 1L, Instant.EPOCH))
                .setInferredAt(Instant.EPOCH)
                .setModel("m")
                .setModelVersion("1")
                .setRole(ModelRole.CHAMPION)
                .setLabel("normal")
                .setConfidence(0.5f)
                .setScores(Map.of("normal", 0.5f))
                .build());
  }
}
