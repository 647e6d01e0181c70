package dev.skerry.inference.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.inference.testing.Edge;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link ExactlyOnce} relies on of the broker. */
class OffsetsOfTwoProducersIT {

  private static final TopicPartition PARTITION = new TopicPartition(Topics.TELEMETRY.name(), 0);

  @TempDir private Path directory;

  @Test
  void shouldKeepTheOffsetsThatWereWrittenLastWhicheverMarkerComesFirst() throws Exception {
    try (Edge edge = Edge.start(directory);
        Admin admin = edge.admin();
        KafkaConsumer<byte[], byte[]> consumer = consumer(edge);
        KafkaProducer<byte[], byte[]> one = edge.producer(Map.of("transactional.id", "one"));
        KafkaProducer<byte[], byte[]> other = edge.producer(Map.of("transactional.id", "other"))) {
      one.initTransactions();
      other.initTransactions();
      writeOffset(one, consumer, 10);
      writeOffset(other, consumer, 20);

      other.commitTransaction();
      awaitCommitted(admin, 20);
      one.commitTransaction();
      awaitEnded(admin);

      assertThat(committed(admin)).isEqualTo(20);
    }
  }

  /** A member of nothing: its commits are not held against a generation of the group. */
  private static KafkaConsumer<byte[], byte[]> consumer(Edge edge) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", edge.bootstrapServers(), "group.id", "group"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private static void writeOffset(
      KafkaProducer<byte[], byte[]> producer, KafkaConsumer<byte[], byte[]> consumer, long offset) {
    producer.beginTransaction();
    producer.sendOffsetsToTransaction(
        Map.of(PARTITION, new OffsetAndMetadata(offset)), consumer.groupMetadata());
  }

  private static void awaitCommitted(Admin admin, long offset) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(committed(admin)).isEqualTo(offset));
  }

  /** All markers are written, those of offsets too. */
  private static void awaitEnded(Admin admin) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                admin.listTransactions().all().get().stream()
                    .allMatch(
                        transaction -> transaction.state() == TransactionState.COMPLETE_COMMIT));
  }

  private static long committed(Admin admin) throws Exception {
    OffsetAndMetadata offset =
        admin
            .listConsumerGroupOffsets("group")
            .partitionsToOffsetAndMetadata()
            .get()
            .get(PARTITION);
    return offset == null ? -1 : offset.offset();
  }
}
