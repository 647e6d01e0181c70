package dev.skerry.inference.release;

import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads {@code models}, {@code model-status} and {@code canary-evidence} from their beginnings,
 * without a group. Used by one thread.
 */
final class ReleaseTopics implements AutoCloseable {

  private static final TopicPartition MODELS = new TopicPartition(Topics.MODELS.name(), 0);
  private static final TopicPartition STATUS = new TopicPartition(Topics.MODEL_STATUS.name(), 0);
  private static final TopicPartition EVIDENCE =
      new TopicPartition(Topics.CANARY_EVIDENCE.name(), 0);
  private static final List<TopicPartition> ALL = List.of(MODELS, STATUS, EVIDENCE);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private boolean caughtUp;

  ReleaseTopics(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
    consumer.assign(ALL);
    consumer.seekToBeginning(ALL);
  }

  /**
   * Hands over what has come, waiting for it at most so long. What follows a record that nobody can
   * take in is handed over by the next call.
   */
  void poll(
      Duration patience,
      Consumer<ConsumerRecord<byte[], byte[]>> ofModels,
      Consumer<ConsumerRecord<byte[], byte[]>> ofStatus,
      Consumer<ConsumerRecord<byte[], byte[]>> ofEvidence) {
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(patience);
    Map<TopicPartition, Long> next = new HashMap<>();
    for (TopicPartition partition : polled.partitions()) {
      next.put(partition, polled.records(partition).get(0).offset());
    }
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
      try {
        if (record.topic().equals(MODELS.topic())) {
          ofModels.accept(record);
        } else {
          (record.topic().equals(STATUS.topic()) ? ofStatus : ofEvidence).accept(record);
        }
      } catch (RuntimeException e) {
        next.forEach(consumer::seek);
        throw e;
      }
    }
  }

  /** Reads {@code models} from its beginning once more. */
  void readModelsAgain() {
    consumer.seekToBeginning(List.of(MODELS));
    ends.clear();
    caughtUp = false;
  }

  /** Whether all that was there at the start, or at the last new start, has been read. */
  boolean isCaughtUp() {
    if (!caughtUp) {
      if (ends.isEmpty()) {
        ends.putAll(consumer.endOffsets(ALL, PATIENCE));
      }
      caughtUp =
          ends.entrySet().stream()
              .allMatch(end -> consumer.position(end.getKey(), PATIENCE) >= end.getValue());
    }
    return caughtUp;
  }

  /** The next offset of {@code model-status}. */
  long statusPosition() {
    return consumer.position(STATUS, PATIENCE);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
