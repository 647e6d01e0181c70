package dev.skerry.local.topic;

import dev.skerry.broker.TopicCreation;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/** Brings a broker's topics in line with the catalogue: makes what is missing, updates settings. */
public final class TopicSetup {

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
          missing.add(topic.newTopic(side));
        } else {
          requirePartitions(topic, description);
          changes.put(
              new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
              operations(topic.settings(side)));
        }
      }
      admin.createTopics(missing).all().get();
      admin.incrementalAlterConfigs(changes).all().get();
      TopicCreation.awaitLeaders(
          admin, topics.stream().collect(Collectors.toMap(Topic::name, Topic::partitions)));
    } catch (ExecutionException e) {
      throw new IllegalStateException("The topics cannot be made: " + e.getCause(), e);
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
