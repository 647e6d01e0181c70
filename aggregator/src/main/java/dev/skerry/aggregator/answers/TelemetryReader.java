package dev.skerry.aggregator.answers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Looks at telemetry through a consumer of its own, undecoded. Not thread-safe. */
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
    Map<TopicPartition, Long> starts = consumer.beginningOffsets(List.of(partition));
    long logStart = starts.getOrDefault(partition, 0L);
    consumer.seek(partition, Math.max(range.first(), logStart));
    while (consumer.position(partition) < range.end()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < range.end()) {
          records.add(record.offset());
        }
      }
    }
    consumer.unsubscribe();
    return new Found(logStart, records);
  }
}
