package dev.skerry.inference.delivery;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is tried again and what is not: a broker that is away is waited for, and what would fail
 * again for ever is thrown. Not thread-safe.
 */
final class Retry {

  private static final Logger log = LoggerFactory.getLogger(Retry.class);

  /** After so many failures with no commit between them, doing it once more is no answer. */
  private static final int MAX_FAILURES_IN_A_ROW = 20;

  private static final Duration SHARING_PAUSE = Duration.ofMillis(50);

  private final BooleanSupplier stopping;
  private int failuresInARow;

  Retry(BooleanSupplier stopping) {
    this.stopping = stopping;
  }

  void succeeded() {
    failuresInARow = 0;
  }

  /** Returns where the round may be done again; throws the reason where not. */
  void failed(KafkaException reason) {
    if (isGroupSharingAnew(reason)) {
      // It takes polls for as long as it takes, and polls that find records do not wait for it.
      log.info("The group shares its partitions anew, and a batch is done again");
      LockSupport.parkNanos(SHARING_PAUSE.toNanos());
      return;
    }
    if (isFinal(reason) || ++failuresInARow > MAX_FAILURES_IN_A_ROW) {
      throw reason;
    }
    log.warn("A batch is rolled back and will be done again: {}", reason.toString());
  }

  /** Makes a call until the broker answers it, or the worker was told to stop. */
  void insist(String complaint, Runnable call) {
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

  /** The commit came with a membership that the group no longer goes by. */
  private static boolean isGroupSharingAnew(KafkaException reason) {
    return reason instanceof CommitFailedException
        || reason instanceof RebalanceInProgressException
        || reason.getCause() instanceof CommitFailedException
        || reason.getCause() instanceof RebalanceInProgressException;
  }

  /** Another worker has the same name, or it is not allowed, or it cannot ever fit. */
  private static boolean isFinal(Throwable reason) {
    for (Throwable cause = reason; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof FencedInstanceIdException
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
