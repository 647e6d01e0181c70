package dev.skerry.bench.traffic;

import dev.skerry.broker.TopicCreation;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.local.topic.TopicSetup;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** The topics of a comparison: the catalogue's, and telemetry topics beside them. */
public final class BenchTopics {

  private static final ConfigEntry UNBOUNDED = new ConfigEntry("retention.bytes", "-1");

  private final Admin admin;
  private final String bootstrapServers;

  public BenchTopics(Admin admin, String bootstrapServers) {
    this.admin = admin;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Makes the catalogue's topics. None is cut at a size: of twelve million answers the oldest
   * segment would be gone before they are counted.
   */
  public void createCatalogue() throws InterruptedException {
    TopicSetup.ensure(admin, Side.EDGE);
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (Topic topic : Topics.at(Side.EDGE)) {
      changes.put(
          new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
          List.of(new AlterConfigOp(UNBOUNDED, AlterConfigOp.OpType.SET)));
    }
    get(admin.incrementalAlterConfigs(changes).all());
  }

  /** Makes a topic that is like the catalogue's telemetry and has another name. */
  public void createTelemetry(String name) throws InterruptedException {
    Topic telemetry = Topics.TELEMETRY;
    Map<String, String> settings = new HashMap<>(telemetry.settings(Side.EDGE));
    settings.put(UNBOUNDED.name(), UNBOUNDED.value());
    NewTopic topic = new NewTopic(name, telemetry.partitions(), (short) 1).configs(settings);
    try {
      TopicCreation.create(admin, List.of(topic));
    } catch (ExecutionException e) {
      throw new KafkaException("The topic " + name + " cannot be made: " + e.getCause(), e);
    }
  }

  /** The offsets after the last committed records, by partition. */
  public Map<TopicPartition, Long> ends(Topic topic) {
    try (TopicReader reader = new TopicReader(bootstrapServers)) {
      return reader.ends(reader.partitions(List.of(topic.name())));
    }
  }

  /** Deletes all that is in a topic now, so that a long comparison does not fill the disk. */
  public void empty(Topic topic) throws InterruptedException {
    Map<TopicPartition, RecordsToDelete> deletions = new HashMap<>();
    ends(topic)
        .forEach((partition, end) -> deletions.put(partition, RecordsToDelete.beforeOffset(end)));
    get(admin.deleteRecords(deletions).all());
  }

  /** Deletes a topic. */
  public void delete(String name) throws InterruptedException {
    get(admin.deleteTopics(List.of(name)).all());
  }

  private static <T> void get(KafkaFuture<T> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw new KafkaException("The broker refused: " + e.getCause(), e);
    }
  }
}
