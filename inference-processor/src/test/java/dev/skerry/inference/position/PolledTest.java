package dev.skerry.inference.position;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PolledTest {

  private static final TopicPartition A = new TopicPartition("telemetry", 0);
  private static final TopicPartition B = new TopicPartition("telemetry", 1);

  // Offset 12 of A is a transaction's marker: its share ends behind it.
  private final Polled polled =
      new Polled(
          new ConsumerRecords<>(
              Map.of(A, records(A, 10, 11), B, records(B, 20, 21, 22)),
              Map.of(A, new OffsetAndMetadata(13), B, new OffsetAndMetadata(23))));

  @Test
  void shouldCommitNothingBeforeSomethingWasTaken() {
    assertThat(polled.reached()).isEmpty();
    assertThat(polled.uncommitted()).containsOnly(Map.entry(A, 10L), Map.entry(B, 20L));
  }

  @Test
  void shouldReachTheEndsWhereMarkersStandBehindTheLastRecord() {
    List<Long> taken = takeAll();

    assertThat(taken).containsExactlyInAnyOrder(10L, 11L, 20L, 21L, 22L);
    assertThat(offset(A)).isEqualTo(13);
    assertThat(offset(B)).isEqualTo(23);
    polled.committed();
    assertThat(polled.reached()).isEmpty();
    assertThat(polled.uncommitted()).isEmpty();
  }

  @Test
  void shouldGoBackOnlyToWhatIsNotCommitted() {
    ConsumerRecord<byte[], ByteBuffer> first = next();
    TopicPartition partition = new TopicPartition(first.topic(), first.partition());
    assertThat(offset(partition)).isEqualTo(first.offset() + 1);
    polled.committed();
    next();

    assertThat(polled.uncommitted()).containsEntry(partition, first.offset() + 1);
  }

  @Test
  void shouldLeaveTheRestOfAPartitionBehindTheRecordThatWaits() {
    ConsumerRecord<byte[], ByteBuffer> first = next();
    TopicPartition partition = new TopicPartition(first.topic(), first.partition());
    ConsumerRecord<byte[], ByteBuffer> second = next();
    polled.leaveLast();
    List<Long> rest = takeAll();

    assertThat(rest).doesNotContain(second.offset()).hasSize(partition.equals(A) ? 3 : 2);
    assertThat(offset(partition)).isEqualTo(second.offset());
    polled.committed();
    assertThat(polled.uncommitted()).containsOnly(Map.entry(partition, second.offset()));
  }

  @Test
  void shouldReachNothingOfAPartitionWhoseFirstRecordWaits() {
    ConsumerRecord<byte[], ByteBuffer> first = next();
    polled.leaveLast();

    assertThat(polled.reached()).isEmpty();
    assertThat(polled.uncommitted())
        .containsEntry(new TopicPartition(first.topic(), first.partition()), first.offset());
  }

  private ConsumerRecord<byte[], ByteBuffer> next() {
    assertThat(polled.hasNext()).isTrue();
    return polled.next();
  }

  private List<Long> takeAll() {
    List<Long> offsets = new ArrayList<>();
    while (polled.hasNext()) {
      offsets.add(polled.next().offset());
    }
    return offsets;
  }

  private long offset(TopicPartition partition) {
    return requireNonNull(polled.reached().get(partition)).offset();
  }

  private static List<ConsumerRecord<byte[], ByteBuffer>> records(
      TopicPartition partition, long... offsets) {
    List<ConsumerRecord<byte[], ByteBuffer>> records = new ArrayList<>();
    for (long offset : offsets) {
      records.add(
          new ConsumerRecord<>(
              partition.topic(),
              partition.partition(),
              offset,
              new byte[0],
              ByteBuffer.allocate(0)));
    }
    return records;
  }
}
