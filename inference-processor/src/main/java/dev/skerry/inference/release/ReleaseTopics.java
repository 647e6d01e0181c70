package dev.skerry.inference.release;

import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads {@code models} and {@code model-status} from their beginnings, without a group. Used by one
 * thread.
 */
final class ReleaseTopics implements AutoCloseable {

  private static final TopicPartition MODELS = new TopicPartition(Topics.MODELS.name(), 0);
  private static final TopicPartition STATUS = new TopicPartition(Topics.MODEL_STATUS.name(), 0);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private boolean caughtUp;

  ReleaseTopics(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
    consumer.assign(List.of(MODELS, STATUS));
    consumer.seekToBeginning(List.of(MODELS, STATUS));
  }

  /** Hands over what has come, waiting for it at most so long. */
  void poll(
      Duration patience,
      Consumer<ConsumerRecord<byte[], byte[]>> ofModels,
      Consumer<ConsumerRecord<byte[], byte[]>> ofStatus) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      (record.topic().equals(MODELS.topic()) ? ofModels : ofStatus).accept(record);
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
        ends.putAll(consumer.endOffsets(List.of(MODELS, STATUS), PATIENCE));
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
