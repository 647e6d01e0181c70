package dev.skerry.ingest.gateway;

import dev.skerry.schemas.topic.Topic;
import dev.skerry.service.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * Finds out whether it helps to wait for topics: a producer that never blocks is not told that it
 * may not see one.
 */
final class TopicRights {

  private static final long PATIENCE_MILLIS = 2_000;

  private TopicRights() {}

  /** Throws {@link TopicAuthorizationException}, which names the topic, where one is denied. */
  static void check(KafkaSettings kafka, List<Topic> topics) throws InterruptedException {
    Admin admin = Admin.create(kafka.admin(Map.of()));
    try {
      List<String> names = topics.stream().map(Topic::name).toList();
      for (Map.Entry<String, KafkaFuture<TopicDescription>> asked :
          admin.describeTopics(names).topicNameValues().entrySet()) {
        check(asked.getKey(), asked.getValue());
      }
    } catch (TimeoutException e) {
      // No broker answers: that is waited for.
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private static void check(String topic, KafkaFuture<TopicDescription> asked)
      throws InterruptedException, TimeoutException {
    try {
      TopicDescription unusedThere = asked.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicAuthorizationException) {
        throw new TopicAuthorizationException(Set.of(topic)); // Kafka's own does not name it.
      }
    }
  }
}
