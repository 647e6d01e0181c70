package dev.skerry.service.streams;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** A consumer group's lag, asked from the broker. Thread-safe. */
final class GroupLag {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final Admin admin;
  private final String groupId;

  /**
   * What the broker says.
   *
   * @param lagRecords offsets between committed and last stable, all partitions together
   * @param committed sum of the committed offsets
   */
  record Snapshot(long lagRecords, long committed) {}

  GroupLag(Admin admin, String groupId) {
    this.admin = admin;
    this.groupId = groupId;
  }

  Snapshot read(Set<String> topics)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        await(admin.listConsumerGroupOffsets(groupId).partitionsToOffsetAndMetadata());
    Map<TopicPartition, Long> begins = offsets(topics, OffsetSpec.earliest());
    Map<TopicPartition, Long> ends = offsets(topics, OffsetSpec.latest());
    long lag = 0;
    long sum = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      OffsetAndMetadata own = committed.get(end.getKey());
      long position = own == null ? begins.get(end.getKey()) : own.offset();
      lag += Math.max(0, end.getValue() - position);
      sum += position;
    }
    return new Snapshot(lag, sum);
  }

  private Map<TopicPartition, Long> offsets(Set<String> topics, OffsetSpec spec)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    await(admin.describeTopics(topics).allTopicNames())
        .forEach(
            (topic, description) ->
                description
                    .partitions()
                    .forEach(p -> wanted.put(new TopicPartition(topic, p.partition()), spec)));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        await(
            admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all());
    Map<TopicPartition, Long> offsets = new HashMap<>();
    found.forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }

  private static <T> T await(KafkaFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public String toString() {
    return groupId;
  }
}
