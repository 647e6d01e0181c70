package dev.skerry.bench.traffic;

import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits, as a {@code read_committed} reader, for the first answer in each of some partitions of
 * telemetry to a record that is younger than a moment. Not thread-safe.
 */
public final class FirstAnswers implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(20);

  private final TopicReader reader;
  private final Set<Integer> awaited;
  private final DetectionHead head = new DetectionHead();
  private final Map<Integer, Long> youngerFrom = new HashMap<>();

  private FirstAnswers(TopicReader reader, Collection<Integer> partitions) {
    this.reader = reader;
    this.awaited = new HashSet<>(partitions);
  }

  /** Stands ready at the end of the detections. */
  public static FirstAnswers toWhatComes(
      String bootstrapServers, Collection<Integer> partitionsOfTelemetry) {
    TopicReader reader = new TopicReader(bootstrapServers);
    reader.startAt(reader.ends(reader.partitions(List.of(Topics.DETECTIONS.name()))));
    return new FirstAnswers(reader, partitionsOfTelemetry);
  }

  /** Only answers to telemetry that comes from now on count. */
  public void skipWhatIsThere() {
    reader
        .ends(reader.partitions(List.of(Topics.TELEMETRY.name())))
        .forEach((TopicPartition at, Long end) -> youngerFrom.put(at.partition(), end));
  }

  /**
   * When the last of the partitions had its first answer, by {@link System#nanoTime}; throws where
   * that takes longer than the patience.
   */
  public long await(Duration patience) {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    while (!awaited.isEmpty()) {
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException(
            "The partitions %s have no answer within %s".formatted(awaited, patience));
      }
      reader.poll(POLL, this::see);
    }
    return System.nanoTime();
  }

  private void see(ConsumerRecord<byte[], byte[]> record) {
    DetectionHead.Question question = head.read(record.value());
    if (question.offset() >= youngerFrom.getOrDefault(question.partition(), 0L)) {
      awaited.remove(question.partition());
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
