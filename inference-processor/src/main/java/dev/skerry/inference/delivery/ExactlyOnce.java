package dev.skerry.inference.delivery;

import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** A round is one transaction, offsets included. A broker that is away is waited for. */
public final class ExactlyOnce implements Delivery {

  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final Retry retry;

  /**
   * Delivery by a transactional producer.
   *
   * @param stopping whether the worker was told to stop, so that nothing is waited for any more
   */
  public ExactlyOnce(
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      BooleanSupplier stopping) {
    this.consumer = consumer;
    this.producer = producer;
    this.retry = new Retry(stopping);
  }

  /** Ends what an earlier life of this worker left open, and shuts that life out. */
  @Override
  public void init() {
    retry.insist("The broker does not answer yet", producer::initTransactions);
  }

  @Override
  public void begin() {
    producer.beginTransaction();
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // What cannot be sent fails the commit.
  public void send(ProducerRecord<byte[], byte[]> answer) {
    producer.send(answer);
  }

  /**
   * Commits. Whether a commit that timed out took place is not known before it was asked for again,
   * so nothing else may be done until the broker has answered.
   */
  @Override
  public void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    if (!offsets.isEmpty()) {
      producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
    }
    retry.insist("The broker does not answer to a commit", producer::commitTransaction);
    retry.succeeded();
  }

  @Override
  public void rollBack(KafkaException reason) {
    retry.failed(reason);
    try {
      retry.insist("The broker does not answer to an abort", producer::abortTransaction);
    } catch (KafkaException e) {
      reason.addSuppressed(e);
      throw reason;
    }
  }

  @Override
  public void abandon(RuntimeException reason) {
    if (reason instanceof Retry.StoppedWaitingException) {
      return; // The broker would not answer to this either.
    }
    try {
      producer.abortTransaction();
    } catch (KafkaException | IllegalStateException e) {
      reason.addSuppressed(e); // The broker ends it, at the latest after its timeout.
    }
  }
}
