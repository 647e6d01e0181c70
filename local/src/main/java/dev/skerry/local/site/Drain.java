package dev.skerry.local.site;

import dev.skerry.local.audit.MirrorReport;
import dev.skerry.local.supervise.PartFailure;
import dev.skerry.local.topic.Backlog;
import dev.skerry.local.topic.Broker;
import dev.skerry.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Waits until there is nothing left to do, as long as what is left gets less. */
final class Drain {

  private static final long POLL_MILLIS = 200;

  /** How much is left to do. */
  @FunctionalInterface
  private interface Left {
    long records() throws InterruptedException;
  }

  private final Broker edge;
  private final Duration patience;
  private final CompletableFuture<PartFailure> failure;

  Drain(Broker edge, Duration patience, CompletableFuture<PartFailure> failure) {
    this.edge = edge;
    this.patience = patience;
    this.failure = failure;
  }

  /** Waits until a consumer group has read all of a topic, and of its own topics behind it. */
  void awaitConsumed(String group, Topic topic) throws InterruptedException {
    try (Backlog backlog = new Backlog(edge)) {
      awaitNothing(() -> backlog.records(group, topic.name()));
    }
  }

  /** The same of a group in the cloud. */
  void awaitConsumedInTheCloud(Broker cloud, String group, Topic topic)
      throws InterruptedException {
    try (Backlog backlog = new Backlog(cloud)) {
      awaitNothing(() -> backlog.records(group, topic.name()));
    }
  }

  /** Waits until the cloud has all that is mirrored, as somebody compares it. */
  void awaitMirrored(Supplier<List<MirrorReport>> compare) throws InterruptedException {
    awaitNothing(() -> compare.get().stream().mapToLong(MirrorReport::missing).sum());
  }

  private void awaitNothing(Left left) throws InterruptedException {
    long least = Long.MAX_VALUE;
    long giveUpNanos = System.nanoTime() + patience.toNanos();
    while (!failure.isDone() && System.nanoTime() < giveUpNanos) {
      long now = left.records();
      if (now == 0) {
        return;
      }
      if (now < least) {
        least = now;
        giveUpNanos = System.nanoTime() + patience.toNanos();
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}
