package dev.skerry.bench.prove;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.process.WorkDirectory;
import dev.skerry.bench.traffic.DetectionFeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * How long the aggregator is away after {@code kill -9}, with many windows open: started again,
 * started again without its state, which is restored from the changelogs, and not started again, so
 * that another instance takes over from its standby copy. Nothing of it changes what is given out.
 */
final class AggregatorRecovery {

  private static final double RECORDS_PER_SECOND = 2_000;
  private static final int EVENT_MICROS_EACH = 500;

  /** Each has six groups of windows: two versions by three labels. */
  private static final int STREAMS = 50;

  /** For a standby copy to catch up. */
  private static final int SETTLE_SECONDS = 15;

  private static final int PROBE_MILLIS = 50;
  private static final double MEBIBYTE = 1 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Map<String, String> STANDBY =
      Map.of("kafka.streams.num.standby.replicas", "1");

  private final Path directory;
  private final long seed;
  private final Consumer<String> console;

  /** A proof with a broker of its own; see {@link AggregatorProof}. */
  AggregatorRecovery(Path directory, long seed, Consumer<String> console) {
    this.directory = directory;
    this.seed = seed;
    this.console = console;
  }

  /**
   * What came of it.
   *
   * @param stateMebibytes what the state took on disk when it was lost
   * @param secondsRestarted from the start of the process until detections of every partition are
   *     committed again, with its state
   * @param secondsRestored the same without its state
   * @param secondsTakenOver from the kill until the other instance, with a standby copy, has
   *     committed detections of every partition
   * @param peakMebibytes the most resident memory that a process held
   */
  record Result(
      String name,
      long seed,
      double stateMebibytes,
      double secondsRestarted,
      double secondsRestored,
      double secondsTakenOver,
      double peakMebibytes,
      BatchComputation.Comparison comparison,
      boolean holds)
      implements Proof {}

  /** Begins with windows of so many detections. */
  Result run(long detections) throws InterruptedException {
    try (AggregatorSite site = AggregatorSite.start(directory);
        DetectionFeed feed =
            new DetectionFeed(site.bootstrapServers(), seed, EVENT_MICROS_EACH, STREAMS)) {
      feed.write(detections);
      AtomicBoolean ending = new AtomicBoolean();
      try (ChildJvm first = site.aggregator()) {
        site.awaitCommitted(detections, first, PATIENCE);
        first.kill();
      }
      CompletableFuture<Void> flow =
          CompletableFuture.runAsync(() -> feed.paceUntil(ending::get, RECORDS_PER_SECOND));
      double restarted = killAfterReturn(site);
      console.accept("with its state: %.1f s".formatted(restarted));
      double stateMebibytes = size(site.state("0")) / MEBIBYTE;
      new WorkDirectory(site.state("0")).delete();
      double restored = killAfterReturn(site);
      console.accept("without its %.1f MiB: %.1f s".formatted(stateMebibytes, restored));
      try (ChildJvm second = site.aggregator("1", STANDBY)) {
        double takenOver = takeOver(site, second);
        console.accept("taken over: %.1f s".formatted(takenOver));
        ending.set(true);
        flow.join();
        double peak = drain(site, feed.written(), second);
        return result(site, feed.written(), stateMebibytes, restarted, restored, takenOver, peak);
      }
    }
  }

  /** Starts the instance, waits until it goes on, and kills it; returns how long that took. */
  private static double killAfterReturn(AggregatorSite site) throws InterruptedException {
    Map<TopicPartition, Long> before = site.committedByPartition();
    long startNanos = System.nanoTime();
    try (ChildJvm aggregator = site.aggregator()) {
      awaitAllPartitions(site, before, aggregator);
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      aggregator.kill();
      return seconds;
    }
  }

  /** The first instance has its share, and its copy stands by in the second; then it is killed. */
  private static double takeOver(AggregatorSite site, ChildJvm second) throws InterruptedException {
    try (ChildJvm victim = site.aggregator("0", STANDBY)) {
      awaitAllPartitions(site, site.committedByPartition(), victim);
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      victim.kill();
      long killedNanos = System.nanoTime();
      awaitAllPartitions(site, site.committedByPartition(), second);
      return (System.nanoTime() - killedNanos) / 1e9;
    }
  }

  private static void awaitAllPartitions(
      AggregatorSite site, Map<TopicPartition, Long> before, ChildJvm aggregator)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (!haveAllMoved(before, site.committedByPartition())) {
      aggregator.requireAlive();
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException("Some of " + before + " do not go on");
      }
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    }
  }

  private static boolean haveAllMoved(
      Map<TopicPartition, Long> before, Map<TopicPartition, Long> now) {
    return !before.isEmpty()
        && before.entrySet().stream()
            .allMatch(each -> now.getOrDefault(each.getKey(), 0L) > each.getValue());
  }

  private static double drain(AggregatorSite site, long detections, ChildJvm aggregator)
      throws InterruptedException {
    try (GivenCounts given = new GivenCounts(site.bootstrapServers())) {
      site.awaitCommitted(detections, aggregator, PATIENCE);
      given.await(detections, aggregator, PATIENCE);
      double peakMebibytes = aggregator.memory().peakBytes() / MEBIBYTE;
      aggregator.terminate();
      return peakMebibytes;
    }
  }

  private static long size(Path directory) {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Result result(
      AggregatorSite site,
      long detections,
      double stateMebibytes,
      double restarted,
      double restored,
      double takenOver,
      double peakMebibytes) {
    try (BatchComputation batch = new BatchComputation()) {
      BatchComputation.Comparison found = batch.compare(site.bootstrapServers());
      boolean holds =
          found.detections() == detections
              && found.windows() > 0
              && found.different() == 0
              && found.finalTwice() == 0;
      return new Result(
          "aggregator-recovery",
          seed,
          stateMebibytes,
          restarted,
          restored,
          takenOver,
          peakMebibytes,
          found,
          holds);
    }
  }
}
