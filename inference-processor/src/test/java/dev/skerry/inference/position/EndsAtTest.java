package dev.skerry.inference.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EndsAtTest {

  private static final TopicPartition PASSED = new TopicPartition("telemetry", 0);
  private static final TopicPartition ON_ITS_WAY = new TopicPartition("telemetry", 1);
  private static final TopicPartition OVER = new TopicPartition("telemetry", 2);
  private static final TopicPartition UNASKED = new TopicPartition("telemetry-frames", 0);

  private final EndsAt<String, String> endsAt = new EndsAt<>();

  @Test
  void shouldHandOverAndCommitNothingAtOrBehindTheEnds() {
    endsAt.configure(
        Map.of(EndsAt.ENDS, Map.of("telemetry-0", 12L, "telemetry-1", 40L, "telemetry-2", 20L)));
    ConsumerRecords<String, String> left =
        endsAt.onConsume(
            new ConsumerRecords<>(
                Map.of(
                    PASSED,
                    records(PASSED, 10, 15),
                    // Offset 33 is a transaction's marker.
                    ON_ITS_WAY,
                    records(ON_ITS_WAY, 30, 33),
                    OVER,
                    records(OVER, 20, 22),
                    UNASKED,
                    records(UNASKED, 0, 2)),
                Map.of(
                    PASSED, new OffsetAndMetadata(15),
                    ON_ITS_WAY, new OffsetAndMetadata(34),
                    OVER, new OffsetAndMetadata(22),
                    UNASKED, new OffsetAndMetadata(2))));

    assertThat(left.partitions()).containsExactlyInAnyOrder(PASSED, ON_ITS_WAY);
    assertThat(left.records(PASSED)).extracting(ConsumerRecord::offset).containsExactly(10L, 11L);
    assertThat(left.records(ON_ITS_WAY)).hasSize(3);
    assertThat(left.nextOffsets())
        .containsOnly(
            Map.entry(PASSED, new OffsetAndMetadata(12)),
            Map.entry(ON_ITS_WAY, new OffsetAndMetadata(34)));
  }

  @Test
  void shouldLeaveAPollThatIsAllBehindTheEndsEmpty() {
    endsAt.configure(Map.of(EndsAt.ENDS, Map.of("telemetry-0", 10L)));
    assertThat(
            endsAt
                .onConsume(
                    new ConsumerRecords<>(
                        Map.of(PASSED, records(PASSED, 10, 12)),
                        Map.of(PASSED, new OffsetAndMetadata(12))))
                .isEmpty())
        .isTrue();
  }

  private static List<ConsumerRecord<String, String>> records(
      TopicPartition partition, long from, long toExclusive) {
    return LongStream.range(from, toExclusive)
        .mapToObj(
            offset ->
                new ConsumerRecord<>(
                    partition.topic(), partition.partition(), offset, "key", "value"))
        .toList();
  }
}
