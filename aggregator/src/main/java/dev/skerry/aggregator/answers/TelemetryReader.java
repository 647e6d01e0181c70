package dev.skerry.aggregator.answers;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks at telemetry through a consumer of its own, undecoded. What retention takes meanwhile is
 * gone, and what lies beyond the log's end, as after a broker lost it, is not there. Not
 * thread-safe.
 */
final class TelemetryReader implements Telemetry {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;

  TelemetryReader(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  @Override
  public Found look(TopicPartition partition, OffsetSet.Range range) {
    OffsetSet records = new OffsetSet();
    consumer.assign(List.of(partition));
    long logEnd = consumer.endOffsets(List.of(partition)).getOrDefault(partition, range.end());
    long end = Math.min(range.end(), logEnd);
    long logStart = logStart(partition);
    consumer.seek(partition, Math.max(range.first(), logStart));
    while (consumer.position(partition) < end) {
      try {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.offset() < range.end()) {
            records.add(record.offset());
          }
        }
      } catch (OffsetOutOfRangeException e) {
        logStart = logStart(partition);
        records.removeBefore(logStart);
        consumer.seek(partition, Math.max(consumer.position(partition), logStart));
      }
    }
    consumer.unsubscribe();
    return new Found(logStart, records);
  }

  private long logStart(TopicPartition partition) {
    return consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }
}
