package dev.skerry.local.mirror.backlog;

import dev.skerry.schemas.topic.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What waits in a topic, from one look to the next. Written by one thread, read by any. */
final class TopicBacklog {

  private final Topic topic;
  private final Map<TopicPartition, GrowthRate> growth = new HashMap<>();
  private volatile Look latest;

  /**
   * What one look saw.
   *
   * @param records that wait
   * @param bytes that they take
   * @param waiting how long the oldest has been waiting
   * @param room how long until the first of them is deleted; the whole retention where none waits
   * @param overtaken offsets that were deleted before they were mirrored
   */
  record Look(long records, long bytes, Duration waiting, Duration room, long overtaken) {}

  TopicBacklog(Topic topic) {
    this.topic = topic;
    this.latest = new Look(0, 0, Duration.ZERO, topic.retention(), 0);
  }

  Topic topic() {
    return topic;
  }

  Look latest() {
    return latest;
  }

  void update(Map<TopicPartition, PartitionBacklog> partitions, long nowMillis) {
    Collection<PartitionBacklog> all = partitions.values();
    latest =
        new Look(
            all.stream().mapToLong(PartitionBacklog::waitingRecords).sum(),
            all.stream().mapToLong(PartitionBacklog::waitingBytes).sum(),
            all.stream()
                .map(partition -> partition.waitingSince(nowMillis))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO),
            partitions.entrySet().stream()
                .map(entry -> room(entry.getKey(), entry.getValue(), nowMillis))
                .min(Comparator.naturalOrder())
                .orElse(topic.retention()),
            all.stream().mapToLong(PartitionBacklog::overtaken).sum());
  }

  private Duration room(TopicPartition key, PartitionBacklog partition, long nowMillis) {
    GrowthRate rate = growth.computeIfAbsent(key, unused -> new GrowthRate());
    long kept = Math.max(1, partition.end() - partition.first());
    // By offsets, so that a segment that is deleted does not look like shrinking traffic.
    rate.observe((double) partition.bytes() / kept * partition.end(), nowMillis);
    if (topic.cleanup() == Topic.Cleanup.COMPACT) {
      return topic.retention();
    }
    return partition.room(topic.retention(), topic.retentionBytes(), rate.perSecond(), nowMillis);
  }
}
