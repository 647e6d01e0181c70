package dev.skerry.ingest.publish;

import dev.skerry.schemas.topic.Topic;
import dev.skerry.service.ConfigException;
import dev.skerry.service.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the brokers to answer, and for the answer that the topics are there. */
final class TopicCheck {

  private static final Logger log = LoggerFactory.getLogger(TopicCheck.class);
  private static final long LOOK_MILLIS = 100;
  private static final long SAY_SO_AFTER_NANOS = TimeUnit.SECONDS.toNanos(3);

  private TopicCheck() {}

  /**
   * Returns when the topics are there, or when the publication was asked to stop.
   *
   * @throws PublishException where the brokers do not answer within {@code
   *     kafka.admin.default.api.timeout.ms}, or lack a topic
   */
  static void await(KafkaSettings settings, List<Topic> topics, StopSignal stop)
      throws InterruptedException {
    Map<String, Object> config = settings.admin(Map.of());
    String brokers = String.valueOf(config.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
    Admin admin = admin(config);
    try {
      for (Topic topic : topics) {
        await(admin, topic.name(), brokers, stop);
      }
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private static void await(Admin admin, String topic, String brokers, StopSignal stop)
      throws InterruptedException {
    try {
      await(admin.describeTopics(List.of(topic)).allTopicNames(), brokers, stop);
    } catch (ExecutionException e) {
      throw explain(brokers, topic, e);
    }
  }

  private static void await(KafkaFuture<?> described, String brokers, StopSignal stop)
      throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    boolean said = false;
    while (!stop.isRequested()) {
      try {
        described.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (java.util.concurrent.TimeoutException e) {
        if (!said && System.nanoTime() - start > SAY_SO_AFTER_NANOS) {
          said = true;
          log.info("waiting for Kafka at {}", brokers);
        }
      }
    }
  }

  private static Admin admin(Map<String, Object> config) {
    try {
      return Admin.create(config);
    } catch (KafkaException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new ConfigException("Kafka's client refuses its settings: " + reason.getMessage(), e);
    }
  }

  private static PublishException explain(String brokers, String topic, ExecutionException e) {
    if (e.getCause() instanceof UnknownTopicOrPartitionException) {
      return new PublishException(
          "Kafka at "
              + brokers
              + " has no topic "
              + topic
              + "; create it first (a started site has it)",
          e);
    }
    Throwable reason = e.getCause() == null ? e : e.getCause();
    return new PublishException(
        "Kafka at " + brokers + " does not answer: " + reason.getMessage() + "; is it up?", e);
  }
}
