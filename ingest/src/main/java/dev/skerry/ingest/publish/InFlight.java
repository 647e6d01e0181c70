package dev.skerry.ingest.publish;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The records that were sent and not yet acknowledged, bounded in bytes. Thread-safe. */
final class InFlight {

  /** How long a wait goes on before it looks whether it should. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long bytes;
  private long records;
  private Optional<PublishException> failure = Optional.empty();

  InFlight(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Waits for room; a record larger than all the room goes alone. False: stopped meanwhile. */
  boolean acquire(int recordBytes, StopSignal stop) throws InterruptedException {
    lock.lock();
    try {
      while (records > 0 && bytes + recordBytes > maxBytes && failure.isEmpty()) {
        if (stop.isRequested()) {
          return false;
        }
        long unusedRemaining = changed.awaitNanos(LOOK_NANOS);
      }
      failure.ifPresent(InFlight::rethrow);
      bytes += recordBytes;
      records++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  void release(int recordBytes) {
    lock.lock();
    try {
      bytes -= recordBytes;
      records--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Keeps the first failure, which whoever waits is told. */
  void fail(PublishException reason) {
    lock.lock();
    try {
      failure = failure.or(() -> Optional.of(reason));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until nothing is in flight, or for so long after the stop signal.
   *
   * @return how many records are still in flight
   */
  long awaitNone(StopSignal stop, long nanosAfterStop) throws InterruptedException {
    lock.lock();
    try {
      long remaining = nanosAfterStop;
      while (records > 0 && failure.isEmpty() && remaining > 0) {
        long before = System.nanoTime();
        long unusedRemaining = changed.awaitNanos(LOOK_NANOS);
        remaining -= stop.isRequested() ? System.nanoTime() - before : 0;
      }
      failure.ifPresent(InFlight::rethrow);
      return records;
    } finally {
      lock.unlock();
    }
  }

  private static void rethrow(PublishException reason) {
    throw new PublishException(String.valueOf(reason.getMessage()), reason);
  }
}
