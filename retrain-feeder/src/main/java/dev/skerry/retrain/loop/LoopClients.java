package dev.skerry.retrain.loop;

import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.FixedSettings;
import dev.skerry.service.KafkaSettings;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The circle's Kafka clients. Immutable. */
record LoopClients(KafkaSettings settings) {

  private static final int MIB = 1 << 20;

  /** Reads samples and labels; the caller closes it. */
  KafkaConsumer<byte[], byte[]> newIntake() {
    return new KafkaConsumer<>(
        settings.consumer(
            Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                "retrain-intake",
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                8 * MIB),
            FixedSettings.ofConsumer("none")));
  }

  /** Reads topics from their beginnings; the caller closes it. */
  KafkaConsumer<byte[], byte[]> newReader() {
    return new KafkaConsumer<>(
        settings.consumer(
            Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                "retrain-reader",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                50,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                4 * MIB,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                4 * MIB),
            FixedSettings.ofConsumer("earliest")));
  }

  /** Publishes releases; the caller closes it. */
  KafkaProducer<byte[], byte[]> newProducer() {
    return new KafkaProducer<>(
        settings.producer(
            Map.of(
                ProducerConfig.CLIENT_ID_CONFIG, "retrain-publisher",
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MODELS.maxMessageBytes()),
            FixedSettings.ofProducer()));
  }
}
