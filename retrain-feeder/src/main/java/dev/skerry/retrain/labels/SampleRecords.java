package dev.skerry.retrain.labels;

import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.FixedSettings;
import dev.skerry.service.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** Reads whole samples anew from their topic, one at a time. Thread-safe. */
final class SampleRecords implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AvroDecoder<RetrainingSample> decoder;

  private SampleRecords(
      KafkaConsumer<byte[], byte[]> consumer, AvroDecoder<RetrainingSample> decoder) {
    this.consumer = consumer;
    this.decoder = decoder;
  }

  static SampleRecords of(KafkaSettings kafka) {
    Map<String, Object> settings =
        kafka.consumer(
            Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1), FixedSettings.ofConsumer("none"));
    return new SampleRecords(
        new KafkaConsumer<>(settings),
        new AvroDecoder<>(RetrainingSample.class, kafka.writerSchemas()));
  }

  /** The sample; empty where the topic keeps it no longer, or Kafka does not answer in time. */
  synchronized Optional<RetrainingSample> read(Place place) {
    TopicPartition partition =
        new TopicPartition(Topics.RETRAINING_SAMPLES.name(), place.partition());
    consumer.assign(List.of(partition));
    consumer.seek(partition, place.offset());
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (System.nanoTime() < deadlineNanos) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(200));
        for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
          return record.offset() == place.offset() ? decode(record) : Optional.empty();
        }
      }
    } catch (OffsetOutOfRangeException e) {
      return Optional.empty(); // Deleted by age or size.
    }
    return Optional.empty();
  }

  private Optional<RetrainingSample> decode(ConsumerRecord<byte[], byte[]> record) {
    return decoder.decode(record.value()) instanceof Decoded.Value<RetrainingSample> sample
        ? Optional.of(sample.value())
        : Optional.empty();
  }

  @Override
  public synchronized void close() {
    consumer.close();
  }
}
