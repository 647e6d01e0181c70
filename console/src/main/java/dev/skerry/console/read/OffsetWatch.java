package dev.skerry.console.read;

import dev.skerry.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the site's broker once a second how far it is, on a thread of its own. Thread-safe. */
public final class OffsetWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OffsetWatch.class);
  private static final long PERIOD_MILLIS = 1_000;
  private static final List<String> TELEMETRY =
      List.of(Topics.TELEMETRY.name(), Topics.TELEMETRY_FRAMES.name());

  private final Clusters edge;
  private final List<String> groups;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::watch, "offset-watch");
  private volatile Optional<Offsets> latest = Optional.empty();

  private OffsetWatch(Clusters edge, List<String> groups) {
    this.edge = edge;
    this.groups = List.copyOf(groups);
  }

  /**
   * Starts to ask.
   *
   * @param groups that answer telemetry
   */
  public static OffsetWatch start(Clusters edge, List<String> groups) {
    OffsetWatch watch = new OffsetWatch(edge, groups);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  /** What the broker said last; empty where it does not answer. */
  public Optional<Offsets> latest() {
    return latest;
  }

  private void watch() {
    try (Admin admin = edge.newAdmin()) {
      do {
        latest = look(admin);
      } while (!stop.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Offsets> look(Admin admin) throws InterruptedException {
    try {
      Map<TopicPartition, Long> ends = ends(admin);
      Map<TopicPartition, Long> answered = answered(admin);
      long unanswered =
          ends.entrySet().stream()
              .filter(end -> answered.containsKey(end.getKey()))
              .mapToLong(end -> end.getValue() - answered.getOrDefault(end.getKey(), 0L))
              .map(behind -> Math.max(0, behind))
              .sum();
      return Optional.of(
          new Offsets(
              sum(ends, Topics.TELEMETRY.name()),
              sum(ends, Topics.TELEMETRY_FRAMES.name()),
              unanswered,
              bytes(admin)));
    } catch (ExecutionException | KafkaException e) {
      log.debug("The site's broker does not say how far it is", e);
      return Optional.empty();
    }
  }

  private static Map<TopicPartition, Long> ends(Admin admin)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (TopicDescription topic : admin.describeTopics(TELEMETRY).allTopicNames().get().values()) {
      topic
          .partitions()
          .forEach(
              part ->
                  wanted.put(
                      new TopicPartition(topic.name(), part.partition()), OffsetSpec.latest()));
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get()
        .forEach((partition, found) -> ends.put(partition, found.offset()));
    return ends;
  }

  private Map<TopicPartition, Long> answered(Admin admin)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, Long> answered = new HashMap<>();
    for (String group : groups) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      committed.forEach(
          (partition, offset) -> {
            if (offset != null) {
              answered.put(partition, offset.offset());
            }
          });
    }
    return answered;
  }

  private static long bytes(Admin admin) throws InterruptedException, ExecutionException {
    long bytes = 0;
    List<Integer> brokers =
        admin.describeCluster().nodes().get().stream().map(node -> node.id()).toList();
    for (Map<String, LogDirDescription> dirs :
        admin.describeLogDirs(brokers).allDescriptions().get().values()) {
      for (LogDirDescription dir : dirs.values()) {
        bytes +=
            dir.replicaInfos().entrySet().stream()
                .filter(replica -> TELEMETRY.contains(replica.getKey().topic()))
                .mapToLong(replica -> replica.getValue().size())
                .sum();
      }
    }
    return bytes;
  }

  private static long sum(Map<TopicPartition, Long> offsets, String topic) {
    return offsets.entrySet().stream()
        .filter(offset -> offset.getKey().topic().equals(topic))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
