package dev.skerry.warehouse.sink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The topics that the connectors need beside those that they read. */
public final class SinkTopics {

  private static final Duration DEAD_LETTERS_STAY = Duration.ofDays(14);

  /**
   * By size, never by age: what the committing task has not read yet is always among the newest, be
   * the warehouse away for a minute or for a month.
   */
  private static final Map<String, String> CONTROL =
      Map.of(
          "cleanup.policy",
          "delete",
          "retention.ms",
          "-1",
          "retention.bytes",
          Integer.toString(32 << 20),
          "segment.bytes",
          Integer.toString(8 << 20));

  private final Admin admin;
  private final short replicationFactor;

  public SinkTopics(Admin admin, short replicationFactor) {
    this.admin = admin;
    this.replicationFactor = replicationFactor;
  }

  /** Makes what is missing. */
  public void ensure(List<SinkTable> tables) throws InterruptedException, ExecutionException {
    Set<String> present = admin.listTopics().names().get();
    List<NewTopic> missing = new ArrayList<>();
    if (!present.contains(ConnectorSettings.DEAD_LETTERS)) {
      missing.add(
          topic(
              ConnectorSettings.DEAD_LETTERS,
              Map.of("retention.ms", Long.toString(DEAD_LETTERS_STAY.toMillis()))));
    }
    for (SinkTable table : tables) {
      if (!present.contains(table.controlTopic())) {
        missing.add(topic(table.controlTopic(), CONTROL));
      }
    }
    admin.createTopics(missing).all().get();
    for (SinkTable table : tables) {
      beginAtTheFirst(table);
    }
  }

  private NewTopic topic(String name, Map<String, String> settings) {
    return new NewTopic(name, /* numPartitions= */ 1, replicationFactor).configs(settings);
  }

  /**
   * A committing task that finds no position of its own would begin at the control topic's end, and
   * files that were reported before would never become rows.
   */
  private void beginAtTheFirst(SinkTable table) throws InterruptedException, ExecutionException {
    TopicPartition control = new TopicPartition(table.controlTopic(), 0);
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(table.coordinatorGroup())
            .partitionsToOffsetAndMetadata()
            .get();
    if (committed.get(control) == null) {
      admin
          .alterConsumerGroupOffsets(
              table.coordinatorGroup(), Map.of(control, new OffsetAndMetadata(0)))
          .all()
          .get();
    }
  }
}
