package dev.skerry.local.topic;

import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Brings a broker's topics in line with the catalogue: makes what is missing, updates settings. */
public final class TopicSetup {

  private static final short REPLICATION = 1;
  private static final Duration LEADER_PATIENCE = Duration.ofMinutes(1);
  private static final long LEADER_POLL_MILLIS = 100;

  private TopicSetup() {}

  /** The topics of one side, at that side's broker. */
  public static void ensure(Admin admin, Side side) throws InterruptedException {
    List<Topic> topics = Topics.at(side);
    try {
      Map<String, TopicDescription> present = present(admin, topics);
      List<NewTopic> missing = new ArrayList<>();
      Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
      for (Topic topic : topics) {
        TopicDescription description = present.get(topic.name());
        if (description == null) {
          missing.add(
              new NewTopic(topic.name(), topic.partitions(), REPLICATION)
                  .configs(topic.settings(side)));
        } else {
          requirePartitions(topic, description);
          changes.put(
              new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
              operations(topic.settings(side)));
        }
      }
      admin.createTopics(missing).all().get();
      admin.incrementalAlterConfigs(changes).all().get();
      awaitLeaders(admin, topics);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The topics cannot be made: " + e.getCause(), e);
    }
  }

  /**
   * Offsets can be listed when every partition has its leader. An idempotent producer that writes
   * before that may see its first batch refused and its second taken, and is then refused until it
   * gives up.
   */
  private static void awaitLeaders(Admin admin, List<Topic> topics)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (Topic topic : topics) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        wanted.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    long deadlineNanos = System.nanoTime() + LEADER_PATIENCE.toNanos();
    while (!haveLeaders(admin, wanted, deadlineNanos)) {
      Thread.sleep(LEADER_POLL_MILLIS);
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

  private static Map<String, TopicDescription> present(Admin admin, List<Topic> topics)
      throws InterruptedException, ExecutionException {
    List<String> names = new ArrayList<>(admin.listTopics().names().get());
    names.retainAll(topics.stream().map(Topic::name).toList());
    return admin.describeTopics(names).allTopicNames().get();
  }

  private static void requirePartitions(Topic topic, TopicDescription description) {
    int found = description.partitions().size();
    if (found != topic.partitions()) {
      throw new IllegalStateException(
          "The topic "
              + topic.name()
              + " has "
              + found
              + " partitions here and "
              + topic.partitions()
              + " in the catalogue: start on a new data directory (--data)");
    }
  }

  private static Collection<AlterConfigOp> operations(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(
            setting ->
                new AlterConfigOp(
                    new ConfigEntry(setting.getKey(), setting.getValue()),
                    AlterConfigOp.OpType.SET))
        .toList();
  }
}
