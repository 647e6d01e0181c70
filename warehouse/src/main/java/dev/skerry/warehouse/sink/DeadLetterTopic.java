package dev.skerry.warehouse.sink;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The topic for what cannot become a row. */
public final class DeadLetterTopic {

  /** Its name. */
  public static final String NAME = "warehouse-dead-letters";

  private static final Map<String, String> SETTINGS =
      Map.of("retention.ms", Long.toString(Duration.ofDays(14).toMillis()));

  private DeadLetterTopic() {}

  /** Makes it where it is missing. */
  public static void ensure(Admin admin, short replicationFactor)
      throws InterruptedException, ExecutionException {
    Set<String> present = admin.listTopics().names().get();
    if (!present.contains(NAME)) {
      NewTopic topic = new NewTopic(NAME, /* numPartitions= */ 1, replicationFactor);
      admin.createTopics(List.of(topic.configs(SETTINGS))).all().get();
    }
  }
}
