package dev.skerry.ingest.answers;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far everything is delivered, partition by partition: an offset is committed when all before
 * it are done. Thread-safe.
 */
final class Progress {

  private static final class Partition {
    private final NavigableMap<Long, Long> openSinceMillis = new TreeMap<>();
    private long next;
    private long committed = -1;
  }

  private final Map<TopicPartition, Partition> partitions = new HashMap<>();
  private int open;

  /** A record was taken and is to be delivered. */
  synchronized void begin(TopicPartition partition, long offset, long bornMillis) {
    Partition state = partitions.computeIfAbsent(partition, key -> new Partition());
    open += state.openSinceMillis.put(offset, bornMillis) == null ? 1 : 0;
    state.next = offset + 1;
  }

  /** A record was taken and needs no delivery. */
  synchronized void skip(TopicPartition partition, long offset) {
    partitions.computeIfAbsent(partition, key -> new Partition()).next = offset + 1;
  }

  /** A record is delivered, or given up. */
  synchronized void end(TopicPartition partition, long offset) {
    Partition state = partitions.get(partition);
    if (state != null && state.openSinceMillis.remove(offset) != null) {
      open--;
    }
  }

  /** Whether a record is still to be delivered from here. */
  synchronized boolean isOpen(TopicPartition partition, long offset) {
    Partition state = partitions.get(partition);
    return state != null && state.openSinceMillis.containsKey(offset);
  }

  /** Forgets a partition that somebody else reads from now on. */
  synchronized void forget(TopicPartition partition) {
    Partition state = partitions.remove(partition);
    open -= state == null ? 0 : state.openSinceMillis.size();
  }

  /** Forgets all of them. */
  synchronized void forgetAll() {
    partitions.clear();
    open = 0;
  }

  /** What can be committed and was not yet. */
  synchronized Map<TopicPartition, OffsetAndMetadata> committable() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    partitions.forEach(
        (partition, state) -> {
          long offset =
              state.openSinceMillis.isEmpty() ? state.next : state.openSinceMillis.firstKey();
          if (offset > state.committed) {
            offsets.put(partition, new OffsetAndMetadata(offset));
          }
        });
    return offsets;
  }

  /** These are committed. */
  synchronized void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (partition, offset) -> {
          Partition state = partitions.get(partition);
          if (state != null) {
            state.committed = offset.offset();
          }
        });
  }

  /** How many are to be delivered. */
  synchronized int open() {
    return open;
  }

  /** When the oldest that is to be delivered was inferred; the present where there is none. */
  synchronized long oldestMillis(long nowMillis) {
    return partitions.values().stream()
        .flatMap(state -> state.openSinceMillis.values().stream())
        .mapToLong(Long::longValue)
        .min()
        .orElse(nowMillis);
  }
}
