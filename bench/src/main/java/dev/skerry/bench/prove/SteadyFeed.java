package dev.skerry.bench.prove;

import dev.skerry.bench.traffic.TelemetryFeed;
import dev.skerry.bench.workload.TelemetryPool;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Telemetry that flows evenly, whatever is killed meanwhile, until it is told to end. */
final class SteadyFeed implements AutoCloseable {

  private static final int CHUNK_MILLIS = 100;

  private final TelemetryFeed feed;
  private final double recordsPerSecond;
  private final CompletableFuture<Long> written = new CompletableFuture<>();
  private volatile boolean ending;

  private SteadyFeed(TelemetryFeed feed, double recordsPerSecond) {
    this.feed = feed;
    this.recordsPerSecond = recordsPerSecond;
  }

  static SteadyFeed start(
      String bootstrapServers, TelemetryPool pool, String topic, double recordsPerSecond) {
    SteadyFeed steady =
        new SteadyFeed(new TelemetryFeed(bootstrapServers, pool, topic, 2), recordsPerSecond);
    new Thread(steady::flow, "feed").start();
    return steady;
  }

  private void flow() {
    try {
      long chunk = Math.max(1, (long) (recordsPerSecond * CHUNK_MILLIS / 1000));
      long startNanos = System.nanoTime();
      long next = 0;
      while (!ending) {
        long dueNanos = startNanos + (long) (next / recordsPerSecond * 1e9);
        feed.pace(next, next + chunk, dueNanos, recordsPerSecond);
        next += chunk;
      }
      written.complete(next);
    } catch (RuntimeException e) {
      written.completeExceptionally(e);
    }
  }

  /** Lets no more telemetry flow, and returns how many records there were. */
  long end() {
    ending = true;
    try {
      return written.join();
    } catch (CompletionException e) {
      throw new IllegalStateException("Telemetry could not be written", e.getCause());
    }
  }

  @Override
  public void close() {
    ending = true;
    written.exceptionally(failure -> 0L).join();
    feed.close();
  }
}
