package dev.skerry.local.mirror.backlog;

import dev.skerry.local.mirror.MirrorFlow;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures what waits in a flow: its offsets are followed at the target while that answers, its
 * topics are looked at where they are kept. Not thread-safe.
 */
final class FlowBacklog implements AutoCloseable {

  private final String offsetsTopic;
  private final TopicReader source;
  private final TopicReader target;
  private final MirrorOffsets offsets = new MirrorOffsets();
  private final Map<TopicPartition, Long> firstSeen = new HashMap<>();
  private boolean follows;
  private boolean isKnown;

  /**
   * The backlog of a flow.
   *
   * @param offsetsTopic at the target, where the flow keeps how far it is
   */
  FlowBacklog(MirrorFlow flow, String offsetsTopic) {
    this.offsetsTopic = offsetsTopic;
    this.source = new TopicReader(flow.source().broker());
    this.target = new TopicReader(flow.target().broker());
  }

  /** Reads how far the flow has come; only while the target answers. */
  void follow() {
    if (!follows) {
      List<TopicPartition> partitions = target.partitions(List.of(offsetsTopic));
      if (partitions.isEmpty()) {
        isKnown = true; // The flow has never run.
        return;
      }
      target.startAt(target.beginnings(partitions));
      follows = true;
    }
    int[] taken = new int[1];
    do {
      taken[0] = 0;
      target.poll(
          Duration.ofMillis(200),
          record -> {
            taken[0]++;
            offsets.take(record);
          });
    } while (taken[0] > 0);
    isKnown = true;
  }

  /**
   * What each partition of a topic holds for the other side.
   *
   * @param sizes what each partition takes
   */
  Map<TopicPartition, PartitionBacklog> measure(Topic topic, Map<TopicPartition, Long> sizes) {
    List<TopicPartition> partitions = source.partitions(List.of(topic.name()));
    Map<TopicPartition, Long> firsts = source.beginnings(partitions);
    firsts.forEach(firstSeen::putIfAbsent);
    Map<TopicPartition, Long> from = new HashMap<>();
    firsts.forEach((part, first) -> from.put(part, Math.max(first, next(part, first))));
    Map<TopicPartition, Long> ends = source.ends(partitions);
    Map<TopicPartition, ConsumerRecord<byte[], byte[]>> waiting = source.firsts(from);
    Map<TopicPartition, PartitionBacklog> backlogs = new HashMap<>();
    for (Map.Entry<TopicPartition, Long> first : firsts.entrySet()) {
      TopicPartition partition = first.getKey();
      backlogs.put(
          partition,
          new PartitionBacklog(
              first.getValue(),
              next(partition, first.getValue()),
              ends.getOrDefault(partition, first.getValue()),
              sizes.getOrDefault(partition, 0L),
              Optional.ofNullable(waiting.get(partition)).map(ConsumerRecord::timestamp)));
    }
    return backlogs;
  }

  /** All that was there at the first look counts as waiting while the target has never answered. */
  private long next(TopicPartition partition, long first) {
    return isKnown ? offsets.next(partition) : firstSeen.getOrDefault(partition, first);
  }

  @Override
  public void close() {
    target.close();
    source.close();
  }
}
