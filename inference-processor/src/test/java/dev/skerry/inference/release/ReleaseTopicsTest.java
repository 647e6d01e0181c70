package dev.skerry.inference.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReleaseTopicsTest {

  private static final List<String> TOPICS = List.of("models", "model-status", "canary-evidence");

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final ReleaseTopics topics = new ReleaseTopics(consumer);
  private final List<String> taken = new ArrayList<>();

  @Test
  void shouldHandOverWhatFollowsARecordThatNobodyCanTakeIn() {
    TOPICS.forEach(
        topic -> consumer.updateBeginningOffsets(Map.of(new TopicPartition(topic, 0), 0L)));
    consumer.schedulePollTask(this::writeAll);
    assertThatThrownBy(this::poll).hasMessage("models 1");
    consumer.schedulePollTask(this::writeAll); // Handed over again only from where it was set to.
    poll();
    assertThat(taken)
        .containsExactlyInAnyOrder(
            "models 0",
            "models 2",
            "model-status 0",
            "model-status 1",
            "model-status 2",
            "canary-evidence 0",
            "canary-evidence 1",
            "canary-evidence 2")
        .doesNotHaveDuplicates();
  }

  private void writeAll() {
    for (String topic : TOPICS) {
      long position = consumer.position(new TopicPartition(topic, 0));
      for (long offset = position; offset < 3; offset++) {
        consumer.addRecord(new ConsumerRecord<>(topic, 0, offset, new byte[0], new byte[0]));
      }
    }
  }

  private void poll() {
    topics.poll(Duration.ZERO, this::take, this::take, this::take);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    String place = record.topic() + " " + record.offset();
    if (place.equals("models 1")) {
      throw new IllegalArgumentException(place);
    }
    taken.add(place);
  }
}
