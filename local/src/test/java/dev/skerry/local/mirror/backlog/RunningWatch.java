package dev.skerry.local.mirror.backlog;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CompletableFuture;

/** A watch of the link that runs, and what its metrics say. */
public final class RunningWatch {

  private final LinkWatch watch;
  private final SimpleMeterRegistry metrics;
  private final CompletableFuture<Void> watching;

  private RunningWatch(LinkWatch watch, SimpleMeterRegistry metrics) {
    this.watch = watch;
    this.metrics = metrics;
    this.watching = CompletableFuture.runAsync(this::run);
  }

  /** Lets a watch with these metrics run; who made it closes it. */
  public static RunningWatch of(LinkWatch watch, SimpleMeterRegistry metrics) {
    return new RunningWatch(watch, metrics);
  }

  private void run() {
    try {
      watch.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Offsets of a partition that were deleted before they were mirrored. */
  public double overtaken(String topic, int partition) {
    return metrics
        .get("skerry.link.overtaken.records")
        .tags("topic", topic, "partition", Integer.toString(partition))
        .gauge()
        .value();
  }

  /** Asks it to stop and waits until it has. */
  public void stop() {
    watch.stop();
    watching.join();
  }
}
