package dev.skerry.broker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Topics that can be written to as soon as they are made. Thread-safe. */
public final class TopicCreation {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long POLL_MILLIS = 50;

  private TopicCreation() {}

  /** Makes topics at a broker that takes anybody, as {@link #create(Admin, Collection)} does. */
  public static void create(String bootstrapServers, Collection<NewTopic> topics)
      throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      create(admin, topics);
    }
  }

  /** Makes topics, each with a number of partitions, and waits until each has its leaders. */
  public static void create(Admin admin, Collection<NewTopic> topics)
      throws InterruptedException, ExecutionException {
    admin.createTopics(topics).all().get();
    Map<String, Integer> partitions = new HashMap<>();
    topics.forEach(topic -> partitions.put(topic.name(), topic.numPartitions()));
    awaitLeaders(admin, partitions);
  }

  /**
   * Waits until every partition of some topics has its leader. Offsets can be listed from then on.
   * An idempotent producer that writes earlier may see its first batch refused and its second
   * taken, and is then refused until it gives up.
   *
   * @param partitionsByTopic how many partitions each topic has
   */
  public static void awaitLeaders(Admin admin, Map<String, Integer> partitionsByTopic)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitionsByTopic.forEach(
        (topic, partitions) -> {
          for (int partition = 0; partition < partitions; partition++) {
            wanted.put(new TopicPartition(topic, partition), OffsetSpec.latest());
          }
        });
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (!haveLeaders(admin, wanted, deadlineNanos)) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** A broker may have made a topic and not know it yet, which Kafka's client does not wait for. */
  private static boolean haveLeaders(
      Admin admin, Map<TopicPartition, OffsetSpec> wanted, long deadlineNanos)
      throws InterruptedException, ExecutionException {
    try {
      admin.listOffsets(wanted).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException
          && System.nanoTime() < deadlineNanos) {
        return false;
      }
      throw e;
    }
  }
}
