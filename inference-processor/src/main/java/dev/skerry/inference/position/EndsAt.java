package dev.skerry.inference.position;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Lets a consumer see nothing at or behind given offsets, and nothing of any other partition, so
 * that a job over history ends at the record that it was to end at, whatever is appended meanwhile.
 * For the thread that polls.
 */
public final class EndsAt<K, V> implements ConsumerInterceptor<K, V> {

  /** The consumer's setting with the ends: offsets by partition, as {@code telemetry-0}. */
  public static final String ENDS = "skerry.ends";

  private Map<String, Long> ends = Map.of();

  @Override
  @SuppressWarnings("unchecked") // Whoever names this class gives what it asks for.
  public void configure(Map<String, ?> config) {
    ends = Map.copyOf((Map<String, Long>) config.get(ENDS));
  }

  @Override
  public ConsumerRecords<K, V> onConsume(ConsumerRecords<K, V> records) {
    Map<TopicPartition, List<ConsumerRecord<K, V>>> before = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      long end = ends.getOrDefault(partition.toString(), 0L);
      List<ConsumerRecord<K, V>> share =
          records.records(partition).stream().filter(record -> record.offset() < end).toList();
      OffsetAndMetadata reached = records.nextOffsets().get(partition);
      if (!share.isEmpty()) {
        before.put(partition, share);
        boolean isBefore = reached != null && reached.offset() <= end;
        next.put(partition, isBefore ? reached : new OffsetAndMetadata(end));
      }
    }
    return new ConsumerRecords<>(before, next);
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {}
}
