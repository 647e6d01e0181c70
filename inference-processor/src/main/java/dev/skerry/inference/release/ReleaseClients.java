package dev.skerry.inference.release;

import dev.skerry.service.FixedSettings;
import dev.skerry.service.KafkaSettings;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The Kafka clients of releases.
 *
 * @param group of the workers, after which those of releases are named
 * @param instance names the process among those of the site
 */
public record ReleaseClients(KafkaSettings settings, String group, String instance) {

  private static final int MIB = 1 << 20;

  /** Reads topics from their beginnings; the caller closes it. */
  KafkaConsumer<byte[], byte[]> newReader() {
    return new KafkaConsumer<>(
        settings.consumer(
            Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                group + "-" + instance + "-releases",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                50,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                4 * MIB,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                4 * MIB),
            FixedSettings.ofConsumer("earliest")));
  }

  /** Stands for the office of the decider; the caller closes it. */
  KafkaConsumer<byte[], byte[]> newCandidate() {
    return new KafkaConsumer<>(
        settings.consumer(
            Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                group + "-" + instance + "-decider",
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                10_000,
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                3_000),
            FixedSettings.ofMember("latest", group + "-decider", instance)));
  }

  /** Writes decisions; the caller closes it. */
  KafkaProducer<byte[], byte[]> newProducer() {
    return new KafkaProducer<>(
        settings.producer(
            Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                group + "-" + instance + "-decisions",
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                10_000,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                10_000),
            FixedSettings.ofTransactionalProducer(group + "-decider")));
  }

  /** Writes what this process has seen of canaries; the caller closes it. */
  KafkaProducer<byte[], byte[]> newEvidenceProducer() {
    return new KafkaProducer<>(
        settings.producer(
            Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                group + "-" + instance + "-evidence",
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                10_000),
            FixedSettings.ofProducer()));
  }
}
