package dev.skerry.warehouse.sink;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The topic over which the tasks of a connector agree on commits.
 *
 * @param name the topic's
 * @param coordinatorGroup the consumer group of the task that commits
 */
record ControlTopic(String name, String coordinatorGroup) {

  /**
   * By size, never by age: what the committing task has not read yet is always among the newest, be
   * the warehouse away for a minute or for a month.
   */
  static final Map<String, String> SETTINGS =
      Map.of(
          "cleanup.policy",
          "delete",
          "retention.ms",
          "-1",
          "retention.bytes",
          Integer.toString(32 << 20),
          "segment.bytes",
          Integer.toString(8 << 20));

  /** Makes it where it is missing, and has the group begin at its first record. */
  void ensure(Admin admin, Optional<Short> replicationFactor)
      throws InterruptedException, ExecutionException {
    Set<String> present = admin.listTopics().names().get();
    if (!present.contains(name)) {
      create(admin, replicationFactor);
    }
    beginAtTheFirst(admin);
  }

  private void create(Admin admin, Optional<Short> replicationFactor)
      throws InterruptedException, ExecutionException {
    NewTopic topic = new NewTopic(name, Optional.of(1), replicationFactor).configs(SETTINGS);
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e; // Another worker that was quicker is as good.
      }
    }
  }

  /**
   * A committing task that finds no position of its own would begin at the topic's end, and files
   * that were reported before would never become rows.
   */
  private void beginAtTheFirst(Admin admin) throws InterruptedException, ExecutionException {
    TopicPartition control = new TopicPartition(name, 0);
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(coordinatorGroup).partitionsToOffsetAndMetadata().get();
    if (committed.get(control) == null) {
      admin
          .alterConsumerGroupOffsets(coordinatorGroup, Map.of(control, new OffsetAndMetadata(0)))
          .all()
          .get();
    }
  }
}
