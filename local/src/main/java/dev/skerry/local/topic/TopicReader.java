package dev.skerry.local.topic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics as an independent reader: no group, offsets of its own choice, only what was
 * committed. Not thread-safe, like the consumer inside.
 */
public final class TopicReader implements AutoCloseable {

  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Of a broker that takes anybody. */
  public TopicReader(String bootstrapServers) {
    this(Broker.plain(bootstrapServers));
  }

  public TopicReader(Broker broker) {
    this.admin =
        Admin.create(
            broker.client(
                Map.of("request.timeout.ms", "10000", "default.api.timeout.ms", "15000")));
    this.consumer =
        new KafkaConsumer<>(
            broker.client(
                Map.of(
                    "isolation.level", "read_committed",
                    "enable.auto.commit", "false",
                    "auto.offset.reset", "earliest",
                    "allow.auto.create.topics", "false",
                    "max.poll.records", "5000",
                    "fetch.max.wait.ms", "100",
                    "request.timeout.ms", "10000",
                    "default.api.timeout.ms", "15000")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** All partitions of these topics. */
  public List<TopicPartition> partitions(Collection<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    return partitions;
  }

  /** The first offset that is still there, by partition. */
  public Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.earliest());
  }

  /** The offset after the last committed record, by partition. */
  public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.latest());
  }

  /** The first offset that was appended at a time or later, or the end, by partition. */
  public Map<TopicPartition, Long> offsetsAt(Collection<TopicPartition> partitions, Instant time) {
    Map<TopicPartition, Long> found =
        offsets(partitions, OffsetSpec.forTimestamp(time.toEpochMilli()));
    Map<TopicPartition, Long> ends = ends(partitions);
    found.replaceAll((partition, offset) -> offset < 0 ? ends.getOrDefault(partition, 0L) : offset);
    return found;
  }

  private Map<TopicPartition, Long> offsets(
      Collection<TopicPartition> partitions, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, which));
    try {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      admin
          .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
          .all()
          .get()
          .forEach((partition, found) -> offsets.put(partition, found.offset()));
      return offsets;
    } catch (ExecutionException e) {
      throw new KafkaException("Offsets cannot be read: " + e.getCause(), e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Starts to read these partitions at these offsets. */
  public void startAt(Map<TopicPartition, Long> offsets) {
    consumer.assign(offsets.keySet());
    offsets.forEach(consumer::seek);
  }

  /** Hands over what is there, waiting for it at most so long. */
  public void poll(Duration patience, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    consumer.poll(patience).forEach(reader);
  }

  /** Reads from these offsets up to what is committed now, and hands over each record. */
  public void readToEnd(
      Map<TopicPartition, Long> from, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    Map<TopicPartition, Long> ends = ends(from.keySet());
    startAt(from);
    while (ends.entrySet().stream().anyMatch(end -> behind(end.getKey(), end.getValue()))) {
      poll(Duration.ofMillis(200), record -> handIfBefore(ends, record, reader));
    }
  }

  /** The first committed record at or after each of these offsets, where there is one now. */
  public Map<TopicPartition, ConsumerRecord<byte[], byte[]>> firsts(
      Map<TopicPartition, Long> from) {
    Map<TopicPartition, ConsumerRecord<byte[], byte[]>> found = new HashMap<>();
    Map<TopicPartition, Long> ends = ends(from.keySet());
    startAt(from);
    while (ends.entrySet().stream()
        .anyMatch(
            end -> !found.containsKey(end.getKey()) && behind(end.getKey(), end.getValue()))) {
      poll(
          Duration.ofMillis(200),
          record ->
              found.putIfAbsent(new TopicPartition(record.topic(), record.partition()), record));
    }
    return found;
  }

  private boolean behind(TopicPartition partition, long end) {
    return consumer.position(partition) < end;
  }

  private static void handIfBefore(
      Map<TopicPartition, Long> ends,
      ConsumerRecord<byte[], byte[]> record,
      Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    if (record.offset() < ends.getOrDefault(partition, 0L)) {
      reader.accept(record);
    }
  }

  @Override
  public void close() {
    consumer.close();
    admin.close();
  }
}
