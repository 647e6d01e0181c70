package dev.skerry.retrain.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.retrain.SomeDrift;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the sites say starts a training, or holds it back. */
class CloudNewsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private Instant now = NOON;
  private final CloudNews news = new CloudNews(consumer, WriterSchemas.catalogue(), clock());
  private final Map<TopicPartition, Long> written = new HashMap<>();

  @BeforeEach
  void begin() {
    for (Topic topic : List.of(Topics.MODELS, Topics.MODEL_STATUS, Topics.DRIFT)) {
      TopicPartition partition = new TopicPartition(topic.name(), 0);
      Node node = Node.noNode();
      consumer.updatePartitions(
          topic.name(),
          List.of(new PartitionInfo(topic.name(), 0, node, new Node[] {node}, new Node[] {node})));
      consumer.updateBeginningOffsets(Map.of(partition, 0L));
      consumer.updateEndOffsets(Map.of(partition, 0L));
      written.put(partition, 0L);
    }
    news.begin();
  }

  @Test
  void shouldKnowWhichStreamsDriftUntilTheyDoNoMore() {
    report("plant-1", true);
    report("plant-2", true);
    assertThat(news.isDrifting("vibration")).isTrue();
    assertThat(news.isDrifting("surface")).isFalse();
    report("plant-1", false);
    assertThat(news.isDrifting("vibration")).as("plant-2 still does").isTrue();
    report("plant-2", false);
    assertThat(news.isDrifting("vibration")).isFalse();
  }

  @Test
  void shouldTakeForChampionWhatMostSitesServe() {
    assertThat(news.championVersion("faults")).isEmpty();
    status("plant-1", "1.1.0", null, NOON);
    status("plant-2", "1.0.0", null, NOON);
    status("plant-3", "1.0.0", null, NOON);
    assertThat(news.championVersion("faults")).contains("1.0.0");
    status("plant-2", "1.1.0", null, NOON.plusSeconds(1));
    assertThat(news.championVersion("faults")).contains("1.1.0");
    assertThat(news.championVersion("others")).isEmpty();
  }

  @Test
  void shouldKnowWhetherASiteTriesARelease() {
    status("plant-1", "1.0.0", "1.1.0", NOON);
    status("plant-2", "1.0.0", null, NOON);
    assertThat(news.isInTrial("faults")).isTrue();
    status("plant-1", "1.1.0", null, NOON);
    assertThat(news.isInTrial("faults")).isFalse();
  }

  @Test
  void shouldNotBelieveForEverThatAStreamDriftsOfWhichNobodySaysSoAnyMore() {
    report("plant-1", true); // Its next model will have nothing to report.
    now = NOON.plus(CloudNews.DRIFT_HOLDS);
    assertThat(news.isDrifting("vibration")).isTrue();
    now = NOON.plus(CloudNews.DRIFT_HOLDS).plusSeconds(1);
    assertThat(news.isDrifting("vibration")).isFalse();
    report("plant-1", true);
    assertThat(news.isDrifting("vibration")).isTrue();
  }

  @Test
  void shouldNotWaitForEverForASiteThatIsAwaySinceItTriesARelease() {
    status("plant-1", "1.0.0", "1.1.0", NOON);
    now = NOON.plus(CloudNews.TRIAL_HOLDS);
    assertThat(news.isInTrial("faults")).isTrue();
    now = NOON.plus(CloudNews.TRIAL_HOLDS).plusSeconds(1);
    assertThat(news.isInTrial("faults")).isFalse();
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  private void report(String site, boolean drifting) {
    hear(Topics.DRIFT, SomeDrift.report(site, "vibration", drifting));
  }

  private void status(
      String site, @Nullable String champion, @Nullable String canary, Instant changedAt) {
    ModelStatus status =
        ModelStatus.newBuilder()
            .setSiteId(site)
            .setModel("faults")
            .setStream("vibration")
            .setStep(ModelStep.PROMOTED)
            .setModelVersion("1.1.0")
            .setReason("it did better")
            .setChampionVersion(champion)
            .setCanaryVersion(canary)
            .setDecidedBy("inference-0")
            .setChangedAt(changedAt)
            .build();
    hear(Topics.MODEL_STATUS, new AvroEncoder<>(ModelStatus.class).encode(status));
  }

  private void hear(Topic topic, byte[] value) {
    TopicPartition partition = new TopicPartition(topic.name(), 0);
    long offset = written.merge(partition, 1L, Long::sum) - 1;
    consumer.addRecord(
        new ConsumerRecord<>(
            topic.name(),
            0,
            offset,
            now.toEpochMilli(),
            TimestampType.CREATE_TIME,
            1,
            value.length,
            new byte[] {1},
            value,
            new RecordHeaders(),
            Optional.empty()));
    news.poll(Duration.ZERO);
  }
}
