package dev.skerry.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * Runs workers in a thread each. The first that fails stops the others, and its failure is the
 * process's: a process that is half alive would look healthy and answer nothing.
 */
final class WorkerThreads {

  private final List<Worker> workers = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();

  private record Worker(String name, Work work, Runnable stop) {}

  /** What a thread does. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /** Adds a worker; before {@link #run}. */
  void add(String name, Work work, Runnable stop) {
    workers.add(new Worker(name, work, stop));
  }

  /** Asks all workers to return soon. */
  void stop() {
    workers.forEach(worker -> worker.stop().run());
  }

  /** Runs all workers until all have returned; throws the first failure. */
  void run() throws Exception {
    CountDownLatch running = new CountDownLatch(workers.size());
    for (Worker worker : workers) {
      new Thread(() -> run(worker, running), "worker-" + worker.name()).start();
    }
    running.await();
    Throwable failure = firstFailure.get();
    if (failure != null) {
      throw new WorkerFailedException(describe(failure), failure);
    }
  }

  @SuppressWarnings("CatchingUnchecked") // Also an Error must not leave the process half alive.
  private void run(Worker worker, CountDownLatch running) {
    try {
      worker.work().run();
    } catch (Throwable e) {
      if (!firstFailure.compareAndSet(null, e)) {
        return; // The others may fail because they were stopped; the first says why.
      }
      stop();
    } finally {
      running.countDown();
    }
  }

  private static String describe(Throwable failure) {
    boolean fenced =
        failure instanceof FencedInstanceIdException || failure instanceof ProducerFencedException;
    return fenced
        ? "Another process has the same inference.instance in this group (give each its own), or"
            + " this one stood still for longer than transaction.timeout.ms"
        : "A worker cannot go on: " + failure.getMessage();
  }

  /** A worker could not go on; the message says why in one sentence. */
  static final class WorkerFailedException extends Exception {
    WorkerFailedException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
