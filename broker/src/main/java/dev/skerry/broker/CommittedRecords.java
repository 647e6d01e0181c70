package dev.skerry.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What an independent reader of committed records sees: no group, from the beginning. A topic that
 * is asked for again is read on from where it was left, so that a test may ask often. Thread-safe.
 */
public final class CommittedRecords implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, List<ConsumerRecord<byte[], byte[]>>> read = new HashMap<>();
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  /** A reader that has read nothing yet. */
  public CommittedRecords(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "auto.offset.reset", "none"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** All that is in a topic now, partition by partition in the order of the log. */
  public static List<ConsumerRecord<byte[], byte[]>> in(String bootstrapServers, String topic) {
    try (CommittedRecords reader = new CommittedRecords(bootstrapServers)) {
      return reader.in(topic);
    }
  }

  /**
   * All that was committed to a topic until now, partition by partition in the order of the log.
   * What retention or compaction has taken since it was read is there still.
   */
  public synchronized List<ConsumerRecord<byte[], byte[]>> in(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records =
        read.computeIfAbsent(topic, made -> new ArrayList<>());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer
        .beginningOffsets(partitions)
        .forEach(
            (partition, begin) ->
                consumer.seek(partition, Math.max(begin, positions.getOrDefault(partition, 0L))));
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    List<ConsumerRecord<byte[], byte[]>> more = new ArrayList<>();
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      consumer.poll(POLL).forEach(more::add);
    }
    partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
    if (records.addAll(more)) {
      records.sort(
          Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
              .thenComparingLong(ConsumerRecord::offset));
    }
    return List.copyOf(records);
  }

  @Override
  public synchronized void close() {
    consumer.close();
  }
}
