package dev.skerry.ingest.intake;

import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ConfigException;
import dev.skerry.service.KafkaSettings;
import dev.skerry.service.trace.Traces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Records to Kafka: idempotent, acknowledged by all replicas, and tried for as long as the process
 * lives, so that no write ever ends in doubt while a broker is away. Thread-safe.
 */
public final class KafkaWriter implements RecordWriter, AutoCloseable {

  private static final int BATCH_BYTES = 64 << 10;
  private static final int RECORD_OVERHEAD_BYTES = 64 << 10;

  private final Producer<byte[], byte[]> producer;
  private final Traces traces;
  private final AtomicReference<@Nullable RuntimeException> end = new AtomicReference<>();

  KafkaWriter(Producer<byte[], byte[]> producer, Traces traces) {
    this.producer = producer;
    this.traces = traces;
  }

  /**
   * Connects.
   *
   * @param pendingBytes how much may wait for its acknowledgement
   * @param traces where each record's way to its acknowledgement is noted
   * @throws ConfigException for settings that Kafka's producer does not take
   */
  public static KafkaWriter open(KafkaSettings settings, long pendingBytes, Traces traces) {
    Map<String, Object> config =
        settings.producer(
            Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "skerry-gateway",
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BATCH_SIZE_CONFIG,
                BATCH_BYTES,
                // Else all topics are forgotten while every broker is away, and nothing could wait
                // for their return.
                CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG,
                "none"),
            Map.of(
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.ACKS_CONFIG,
                "all",
                // A write that is given up may be in the topic all the same, and a resend would
                // double it: nothing is given up.
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Integer.MAX_VALUE,
                // The event loop never waits: what cannot be taken at once is refused.
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                0,
                // Nor does it wait for a topic that nobody wrote to for a while.
                ProducerConfig.METADATA_MAX_IDLE_CONFIG,
                Duration.ofDays(3650).toMillis(),
                // Batches are taken whole, however few records are in them.
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                2 * pendingBytes + (16 << 20),
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Topics.MAX_WRAPPED_BYTES + RECORD_OVERHEAD_BYTES));
    try {
      return new KafkaWriter(
          new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()),
          traces);
    } catch (KafkaException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new ConfigException("Kafka's producer refuses its settings: " + reason.getMessage(), e);
    }
  }

  /** Whether the producer knows who leads the topic's partitions; asks, and does not wait. */
  public boolean knows(String topic) {
    try {
      return producer.partitionsFor(topic).stream().allMatch(part -> part.leader() != null);
    } catch (TimeoutException e) {
      return false; // The question is on its way; the answer will be there another time.
    }
  }

  /** The producer itself, for its metrics. */
  public Producer<byte[], byte[]> producer() {
    return producer;
  }

  @Override
  public void write(String topic, byte[] key, byte[] value, List<Header> headers, Outcome outcome) {
    Traces.Publication publication = traces.publish(topic);
    try {
      // The callback is told everything that the future is.
      Future<RecordMetadata> unusedAcknowledgement =
          producer.send(
              new ProducerRecord<>(topic, null, key, value, publication.headers(headers)),
              new Sending(outcome, publication));
    } catch (KafkaException | IllegalStateException e) {
      end.compareAndSet(null, e); // What is wrong with one record comes to its callback.
      publication.end(e);
      outcome.failed(e);
    }
  }

  /** Why nothing can be written any more; empty where it can. */
  public Optional<String> problem() {
    return Optional.ofNullable(end.get()).map(e -> "Kafka's producer is at its end: " + e);
  }

  /** Throws what ended the producer; returns where nothing did. */
  public void requireAlive() {
    RuntimeException reason = end.get();
    if (reason != null) {
      throw new KafkaException("Kafka's producer is at its end", reason);
    }
  }

  private final class Sending implements Callback {

    private final Outcome outcome;
    private final Traces.Publication publication;
    private final Thread sender = Thread.currentThread();

    Sending(Outcome outcome, Traces.Publication publication) {
      this.outcome = outcome;
      this.publication = publication;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
      publication.end(failure);
      if (metadata != null && failure == null) {
        outcome.written(metadata.partition(), metadata.offset());
      } else if (failure instanceof TimeoutException && Thread.currentThread() == sender) {
        outcome.refused(String.valueOf(failure.getMessage()));
      } else {
        if (failure instanceof AuthorizationException refused) {
          end.compareAndSet(null, refused); // Nothing will be allowed later on either.
        }
        outcome.failed(
            failure == null ? new IllegalStateException("no metadata and no failure") : failure);
      }
    }
  }

  /** Waits for what is under way, so long at most. */
  public void close(Duration patience) {
    producer.close(patience);
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(10));
  }
}
