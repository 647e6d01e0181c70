package dev.skerry.inference.delivery;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * A round is one transaction, offsets included. A broker that is away is waited for.
 *
 * <p>Producers take turns, round by round: after a commit the broker still writes its markers, and
 * makes the next transaction of the same producer wait for them. What holds nevertheless:
 *
 * <ul>
 *   <li>ONE_UNDECIDED: a round begins when the one before is decided, so that at most one
 *       transaction of a worker is open at any moment, and no round can commit before, or without,
 *       the one before it. Markers that are still to be written change nothing any more.
 *   <li>LAST_OFFSET_WINS: offsets of two rounds may become visible in either order. The group
 *       coordinator keeps those that were written last, whichever marker comes first, and lets
 *       nobody else fetch them before all markers are there.
 * </ul>
 */
public final class ExactlyOnce implements Delivery {

  private final Consumer<?, ?> consumer;
  private final List<? extends Producer<byte[], byte[]>> producers;
  private final Retry retry;
  private int turn;

  /**
   * Delivery by transactional producers.
   *
   * @param producers with transactional ids of their own, one and up
   * @param stopping whether the worker was told to stop, so that nothing is waited for any more
   */
  public ExactlyOnce(
      Consumer<?, ?> consumer,
      List<? extends Producer<byte[], byte[]>> producers,
      BooleanSupplier stopping) {
    this.consumer = consumer;
    this.producers = List.copyOf(producers);
    this.retry = new Retry(stopping);
  }

  /** Ends what an earlier life of this worker left open, and shuts that life out. */
  @Override
  public void init() {
    producers.forEach(
        producer -> retry.insist("The broker does not answer yet", producer::initTransactions));
  }

  @Override
  public void begin() {
    turn = (turn + 1) % producers.size();
    producer().beginTransaction();
  }

  private Producer<byte[], byte[]> producer() {
    return producers.get(turn);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // What cannot be sent fails the commit.
  public void send(ProducerRecord<byte[], byte[]> answer) {
    producer().send(answer);
  }

  /**
   * Commits. Whether a commit that timed out took place is not known before it was asked for again,
   * so nothing else may be done until the broker has answered.
   */
  @Override
  public void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    if (!offsets.isEmpty()) {
      producer().sendOffsetsToTransaction(offsets, consumer.groupMetadata());
    }
    retry.insist("The broker does not answer to a commit", producer()::commitTransaction);
    retry.succeeded();
  }

  @Override
  public void rollBack(KafkaException reason) {
    retry.failed(reason);
    try {
      retry.insist("The broker does not answer to an abort", producer()::abortTransaction);
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
      producer().abortTransaction();
    } catch (KafkaException | IllegalStateException e) {
      reason.addSuppressed(e); // The broker ends it, at the latest after its timeout.
    }
  }
}
