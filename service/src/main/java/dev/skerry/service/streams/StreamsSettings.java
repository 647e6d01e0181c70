package dev.skerry.service.streams;

import static org.apache.kafka.streams.StreamsConfig.mainConsumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;
import static org.apache.kafka.streams.StreamsConfig.topicPrefix;

import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ConfigException;
import dev.skerry.service.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What one instance of a Kafka Streams application runs with: exactly once, and small enough for an
 * edge node. Immutable.
 *
 * @param applicationId group, transactions and internal topics are named after it
 * @param instance tells the instances of one application apart; a name that stays the same over
 *     restarts lets a killed instance come back at once in its own place
 * @param stateDir holds the instance's local state; one instance at a time
 */
public record StreamsSettings(String applicationId, String instance, Path stateDir) {

  /** Room for the headers and the envelope of the largest wrapped record. */
  private static final int ENVELOPE_BYTES = 64 << 10;

  private static final int LARGEST_RECORD_BYTES = Topics.MAX_WRAPPED_BYTES + ENVELOPE_BYTES;

  private static final Map<String, Object> DEFAULTS =
      Map.of(
          // How long an answer may wait before readers of committed records see it.
          StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
          500,
          StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
          8L << 20,
          // There is no global store; saying so keeps Streams from warning at each start.
          "processing.exception.handler.global.enabled",
          true,
          // What stays dead blocks the readers of committed records no longer than this.
          producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
          10_000,
          producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
          LARGEST_RECORD_BYTES,
          producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG),
          "lz4",
          topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
          LARGEST_RECORD_BYTES,
          // Changelogs are compacted, but never their active segment: a small one restores fast.
          topicPrefix(TopicConfig.SEGMENT_BYTES_CONFIG),
          8 << 20,
          mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
          10_000,
          mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
          3_000);

  /**
   * The settings for {@code KafkaStreams}; the user's own win over all but the guarantee's. Makes
   * the state directory.
   *
   * @throws ConfigException where it cannot, or where a setting of the guarantee's is set otherwise
   */
  public Properties toProperties(KafkaSettings kafka) {
    createStateDir();
    Map<String, Object> fixed =
        Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            applicationId,
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.EXACTLY_ONCE_V2,
            StreamsConfig.STATE_DIR_CONFIG,
            stateDir.toString(),
            StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG,
            BoundedRocksDb.class.getName(),
            mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
            "earliest",
            mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
            applicationId + "-" + instance);
    Properties properties = new Properties();
    properties.putAll(kafka.streams(DEFAULTS, fixed));
    return properties;
  }

  private void createStateDir() {
    try {
      Files.createDirectories(stateDir);
    } catch (IOException e) {
      throw new ConfigException("The state directory " + stateDir + " cannot be made: " + e, e);
    }
  }
}
