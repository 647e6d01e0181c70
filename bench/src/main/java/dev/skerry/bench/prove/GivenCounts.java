package dev.skerry.bench.prove;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Follows {@code aggregates} and counts the detections in it, by length of window. */
final class GivenCounts implements AutoCloseable {

  private static final int LENGTHS = 3;

  private final TopicReader reader;
  private final SkerryAvroDeserializer<Aggregate> avro =
      new SkerryAvroDeserializer<>(Aggregate.class);
  private final Map<Duration, Long> countByLength = new HashMap<>();

  GivenCounts(String bootstrapServers) {
    reader = new TopicReader(bootstrapServers);
    Map<TopicPartition, Long> beginnings = new HashMap<>();
    reader
        .partitions(List.of(Topics.AGGREGATES.name()))
        .forEach(partition -> beginnings.put(partition, 0L));
    reader.startAt(beginnings);
  }

  /** Waits until every length of window has given out at least so many detections. */
  void await(long detections, ChildJvm aggregator, Duration patience) {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    while (countByLength.size() < LENGTHS
        || countByLength.values().stream().anyMatch(count -> count < detections)) {
      aggregator.requireAlive();
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException(
            "Of %d detections the windows gave out %s".formatted(detections, countByLength));
      }
      reader.poll(Duration.ofMillis(200), record -> add(avro.deserialize("", record.value())));
    }
  }

  private void add(Aggregate aggregate) {
    Duration length = Duration.between(aggregate.getWindowStart(), aggregate.getWindowEnd());
    countByLength.merge(length, aggregate.getCount(), Long::sum);
  }

  @Override
  public void close() {
    reader.close();
  }
}
