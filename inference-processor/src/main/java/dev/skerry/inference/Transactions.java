package dev.skerry.inference;

import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker's transactions. A broker that is away is waited for; what would fail again for ever is
 * thrown. Not thread-safe.
 */
final class Transactions {

  private static final Logger log = LoggerFactory.getLogger(Transactions.class);

  /** After so many aborts with no commit between them, doing it once more is no answer. */
  private static final int MAX_ABORTS_IN_A_ROW = 20;

  private final Producer<byte[], byte[]> producer;
  private final BooleanSupplier stopping;
  private int abortsInARow;

  Transactions(Producer<byte[], byte[]> producer, BooleanSupplier stopping) {
    this.producer = producer;
    this.stopping = stopping;
  }

  /** Ends what an earlier life of this worker left open, and shuts that life out. */
  void init() {
    insist("The broker does not answer yet", producer::initTransactions);
  }

  void begin() {
    producer.beginTransaction();
  }

  /**
   * Commits. Whether a commit that timed out took place is not known before it was asked for again,
   * so nothing else may be done until the broker has answered.
   */
  void commit() {
    insist("The broker does not answer to a commit", producer::commitTransaction);
    abortsInARow = 0;
  }

  /** Undoes the transaction, so that it can be done again; throws the reason where it cannot. */
  void abort(KafkaException reason) {
    if (isFinal(reason) || ++abortsInARow > MAX_ABORTS_IN_A_ROW) {
      throw reason;
    }
    log.warn("A batch is rolled back and will be done again: {}", reason.toString());
    try {
      insist("The broker does not answer to an abort", producer::abortTransaction);
    } catch (KafkaException e) {
      reason.addSuppressed(e);
      throw reason;
    }
  }

  private void insist(String complaint, Runnable call) {
    while (true) {
      try {
        call.run();
        return;
      } catch (TimeoutException e) {
        if (stopping.getAsBoolean()) {
          throw new StoppedWaitingException(complaint, e);
        }
        log.warn("{}; trying on ({})", complaint, e.getMessage());
      }
    }
  }

  /** Another worker has the same name, or it is not allowed, or it cannot ever fit. */
  private static boolean isFinal(Throwable reason) {
    for (Throwable cause = reason; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof OutOfOrderSequenceException
          || cause instanceof AuthorizationException
          || cause instanceof RecordTooLargeException) {
        return true;
      }
    }
    return false;
  }

  /** The worker was told to stop while the broker did not answer; its next start decides. */
  static final class StoppedWaitingException extends RuntimeException {
    StoppedWaitingException(String complaint, Throwable cause) {
      super(complaint + ", and the worker was told to stop; its next start settles it", cause);
    }
  }
}
