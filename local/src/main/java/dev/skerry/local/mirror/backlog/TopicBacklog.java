package dev.skerry.local.mirror.backlog;

import dev.skerry.local.mirror.keep.Kept;
import dev.skerry.local.mirror.keep.TopicUse;
import dev.skerry.schemas.topic.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What waits in a topic, from one look to the next. Written by one thread; {@link #latest} may be
 * read by any, and so may {@link #overtaken}.
 */
final class TopicBacklog {

  private final Topic topic;
  private final Map<TopicPartition, GrowthRate> growth = new HashMap<>();
  private final Map<Integer, Overtaken> overtaken = new ConcurrentHashMap<>();
  private TopicUse use;
  private volatile Look latest;

  /**
   * What one look saw.
   *
   * @param records that wait
   * @param bytes that they take
   * @param waiting how long the oldest has been waiting
   * @param room how long until the first of them is deleted; the whole retention where none waits
   * @param losses what was deleted before it was mirrored, since the look before
   */
  record Look(
      long records, long bytes, Duration waiting, Duration room, List<Overtaken.Loss> losses) {}

  TopicBacklog(Topic topic) {
    this.topic = topic;
    this.use = new TopicUse(topic, List.of(), 0);
    this.latest = new Look(0, 0, Duration.ZERO, topic.retention(), List.of());
  }

  Topic topic() {
    return topic;
  }

  Look latest() {
    return latest;
  }

  /**
   * Takes what was measured.
   *
   * @param kept how much of the topic is kept
   */
  void update(Map<TopicPartition, PartitionBacklog> partitions, Kept kept, long nowMillis) {
    Collection<PartitionBacklog> all = partitions.values();
    use = use(partitions, nowMillis);
    latest =
        new Look(
            all.stream().mapToLong(PartitionBacklog::waitingRecords).sum(),
            all.stream().mapToLong(PartitionBacklog::waitingBytes).sum(),
            all.stream()
                .map(partition -> partition.waitingSince(nowMillis))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO),
            partitions.entrySet().stream()
                .map(entry -> room(entry.getKey(), entry.getValue(), kept, nowMillis))
                .min(Comparator.naturalOrder())
                .orElse(kept.time()),
            partitions.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().partition()))
                .flatMap(
                    entry -> loss(entry.getKey().partition(), entry.getValue(), nowMillis).stream())
                .toList());
  }

  private Optional<Overtaken.Loss> loss(int partition, PartitionBacklog backlog, long nowMillis) {
    return overtaken
        .computeIfAbsent(partition, unused -> new Overtaken())
        .look(partition, backlog, nowMillis);
  }

  /** How many offsets of a partition were lost, for a day. */
  long overtaken(int partition, long nowMillis) {
    Overtaken lost = overtaken.get(partition);
    return lost == null ? 0 : lost.offsets(nowMillis);
  }

  /** What it takes of the site's disk; nothing before the first look. */
  TopicUse use() {
    return use;
  }

  private TopicUse use(Map<TopicPartition, PartitionBacklog> partitions, long nowMillis) {
    partitions.forEach((key, partition) -> observe(key, partition, nowMillis));
    return new TopicUse(
        topic,
        partitions.values().stream().map(PartitionBacklog::bytes).toList(),
        partitions.keySet().stream().mapToDouble(this::bytesPerSecond).max().orElse(0));
  }

  private void observe(TopicPartition key, PartitionBacklog partition, long nowMillis) {
    long kept = Math.max(1, partition.end() - partition.first());
    // By offsets, so that a segment that is deleted does not look like shrinking traffic.
    growth
        .computeIfAbsent(key, unused -> new GrowthRate())
        .observe((double) partition.bytes() / kept * partition.end(), nowMillis);
  }

  private double bytesPerSecond(TopicPartition key) {
    GrowthRate rate = growth.get(key);
    return rate == null ? 0 : rate.perSecond();
  }

  private Duration room(TopicPartition key, PartitionBacklog partition, Kept kept, long nowMillis) {
    return topic.cleanup() == Topic.Cleanup.COMPACT
        ? topic.retention()
        : partition.room(kept.time(), kept.sureBytesEach(), bytesPerSecond(key), nowMillis);
  }
}
