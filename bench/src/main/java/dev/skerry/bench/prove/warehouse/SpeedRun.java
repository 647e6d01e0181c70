package dev.skerry.bench.prove.warehouse;

import dev.skerry.bench.process.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** How fast a backlog becomes rows, and how old rows are when they can be read. */
final class SpeedRun {

  private static final int STEADY_PER_SECOND = 1_000;
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final int PROBE_MILLIS = 100;

  private final WarehouseUnderTest site;
  private final AggregateFeed feed;
  private final RowReader reader;
  private final Consumer<String> console;

  SpeedRun(
      WarehouseUnderTest site, AggregateFeed feed, RowReader reader, Consumer<String> console) {
    this.site = site;
    this.feed = feed;
    this.reader = reader;
    this.console = console;
  }

  /** First the rows' age at a steady pace, then a backlog that waits while nobody works. */
  WarehouseProof.Speed measure(ChildJvm worker, long backlog) throws InterruptedException {
    List<Double> ages = ages();
    Collections.sort(ages);
    worker.terminate();
    feed.write(backlog);
    Set<Path> before = site.dataFiles();
    double seconds;
    try (ChildJvm again = site.warehouse()) {
      awaitFirstFile(again, before);
      long startNanos = System.nanoTime();
      site.awaitRows(again, feed.written());
      seconds = (System.nanoTime() - startNanos) / 1e9;
    }
    double rowsPerSecond = backlog / seconds;
    console.accept("%.0f rows/s".formatted(rowsPerSecond));
    return new WarehouseProof.Speed(
        backlog,
        rowsPerSecond,
        STEADY_PER_SECOND,
        ages.get(ages.size() / 2),
        ages.get(ages.size() - 1));
  }

  private List<Double> ages() throws InterruptedException {
    List<Double> ages = new ArrayList<>();
    long visible = feed.written();
    long endNanos = System.nanoTime() + STEADY_NANOS;
    CompletableFuture<Void> flow =
        CompletableFuture.runAsync(
            () ->
                feed.paceUntil(() -> System.nanoTime() > endNanos, () -> false, STEADY_PER_SECOND));
    long giveUpNanos = endNanos + PATIENCE_NANOS;
    while (!flow.isDone() || visible < feed.written()) {
      long now = reader.count("aggregates");
      long atMillis = System.currentTimeMillis();
      for (long number = visible; number < now; number++) {
        ages.add((atMillis - feed.sentAtMillis(number)) / 1e3);
      }
      visible = Math.max(visible, now);
      if (System.nanoTime() > giveUpNanos) {
        throw new IllegalStateException("%d of %d rows came".formatted(visible, feed.written()));
      }
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    }
    return ages;
  }

  /** Before it the process starts and joins its groups, which has nothing to do with the rows. */
  private void awaitFirstFile(ChildJvm worker, Set<Path> before) throws InterruptedException {
    long giveUpNanos = System.nanoTime() + PATIENCE_NANOS;
    while (before.containsAll(site.dataFiles())) {
      worker.requireAlive();
      if (System.nanoTime() > giveUpNanos) {
        throw new IllegalStateException("No file of the backlog is written");
      }
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    }
  }
}
