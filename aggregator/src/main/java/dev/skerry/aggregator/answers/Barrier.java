package dev.skerry.aggregator.answers;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * When all answers below a group's committed offsets have been read. The offsets are asked for
 * first and the ends of the answers one round later: the marks of one transaction do not appear in
 * all partitions in the same moment. Not thread-safe.
 */
final class Barrier {

  private Optional<Map<TopicPartition, Long>> committed = Optional.empty();
  private Optional<Map<TopicPartition, Long>> ends = Optional.empty();

  /** Whether the committed offsets are to be asked for next. */
  boolean wantsCommitted() {
    return committed.isEmpty();
  }

  /** Whether the ends of the answers are to be asked for next. */
  boolean wantsEnds() {
    return committed.isPresent() && ends.isEmpty();
  }

  /** These were committed. */
  void committed(Map<TopicPartition, Long> offsets) {
    committed = Optional.of(offsets);
    ends = Optional.empty();
  }

  /** There, a round later, the answers ended. */
  void ends(Map<TopicPartition, Long> offsets) {
    ends = Optional.of(offsets);
  }

  /** The committed offsets, once, when reading has passed the ends. */
  Optional<Map<TopicPartition, Long>> passed(Map<TopicPartition, Long> positions) {
    boolean isBehind =
        ends.isEmpty()
            || ends.get().entrySet().stream()
                .anyMatch(end -> positions.getOrDefault(end.getKey(), 0L) < end.getValue());
    if (isBehind) {
      return Optional.empty();
    }
    Optional<Map<TopicPartition, Long>> judged = committed;
    committed = Optional.empty();
    ends = Optional.empty();
    return judged;
  }
}
