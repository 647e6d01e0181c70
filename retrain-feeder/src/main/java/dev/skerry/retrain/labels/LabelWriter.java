package dev.skerry.retrain.labels;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.Label;
import dev.skerry.schemas.serde.SkerryAvroSerializer;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes labels to their topic, keyed by the sample's id as text. Thread-safe. */
final class LabelWriter implements AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final KafkaProducer<byte[], Label> producer;

  private LabelWriter(KafkaProducer<byte[], Label> producer) {
    this.producer = producer;
  }

  static LabelWriter of(KafkaSettings kafka) {
    Map<String, Object> settings =
        kafka.producer(
            Map.of(ProducerConfig.LINGER_MS_CONFIG, 5, ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000),
            Map.of(
                ProducerConfig.ACKS_CONFIG, "all", ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true));
    return new LabelWriter(
        new KafkaProducer<>(settings, new ByteArraySerializer(), new SkerryAvroSerializer<>()));
  }

  /** A label that Kafka has, and where. */
  record Written(Place place, Label label) {}

  /** Completes when Kafka has it, or with the reason why not. */
  @SuppressWarnings("FutureReturnValueIgnored") // The callback is told.
  CompletableFuture<Written> write(Label label) {
    CompletableFuture<Written> written = new CompletableFuture<>();
    byte[] key = label.getSampleId().toString().getBytes(UTF_8);
    try {
      producer.send(
          new ProducerRecord<>(Topics.LABELS.name(), key, label),
          (metadata, failure) -> {
            if (failure == null) {
              written.complete(
                  new Written(new Place(metadata.partition(), metadata.offset()), label));
            } else {
              written.completeExceptionally(failure);
            }
          });
    } catch (RuntimeException e) {
      written.completeExceptionally(e); // Kafka is away, or the topic.
    }
    return written;
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
