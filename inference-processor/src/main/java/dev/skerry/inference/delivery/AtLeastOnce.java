package dev.skerry.inference.delivery;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Answers are written and acknowledged first, offsets are committed after them. Readers see an
 * answer as soon as it is written, and see it again where its offset was not committed.
 */
public final class AtLeastOnce implements Delivery {

  private final Consumer<?, ?> consumer;
  private final Producer<byte[], byte[]> producer;
  private final Retry retry;
  // Callbacks run in the producer's own thread.
  private final AtomicReference<@Nullable Exception> firstFailure = new AtomicReference<>();
  private final Callback noteFailure =
      (metadata, exception) -> {
        if (exception != null) {
          firstFailure.compareAndSet(null, exception);
        }
      };

  /**
   * Delivery by an idempotent producer.
   *
   * @param stopping whether the worker was told to stop, so that nothing is waited for any more
   */
  public AtLeastOnce(
      Consumer<?, ?> consumer, Producer<byte[], byte[]> producer, BooleanSupplier stopping) {
    this.consumer = consumer;
    this.producer = producer;
    this.retry = new Retry(stopping);
  }

  /** Nothing is left behind by an earlier life but answers that will be given again. */
  @Override
  public void init() {}

  @Override
  public void begin() {
    firstFailure.set(null);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // The callback is told.
  public void send(ProducerRecord<byte[], byte[]> answer) {
    producer.send(answer, noteFailure);
  }

  @Override
  public void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    producer.flush();
    Exception failure = firstFailure.get();
    if (failure != null) {
      throw failure instanceof KafkaException known ? known : new KafkaException(failure);
    }
    if (!offsets.isEmpty()) {
      retry.insist("The broker does not answer to a commit", () -> commitOffsets(offsets));
    }
    retry.succeeded();
  }

  private void commitOffsets(Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      consumer.commitSync(offsets);
    } catch (WakeupException e) {
      // Told to stop; the answers are written, and without their offsets they would be again.
      consumer.commitSync(offsets);
    }
  }

  /** What was sent is out; it is waited for, so that it cannot overtake what is sent again. */
  @Override
  public void rollBack(KafkaException reason) {
    retry.failed(reason);
    producer.flush();
  }

  /** Nothing can be taken back. */
  @Override
  public void abandon(RuntimeException reason) {}
}
