package dev.skerry.bench.prove;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.traffic.DetectionFeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The aggregates of a replay equal those that DuckDB computes from the same detections, to the last
 * count: read in one go as a backlog, or while the aggregator is killed ({@code kill -9}) at random
 * moments.
 */
final class AggregatorProof {

  private static final double RECORDS_PER_SECOND = 2_000;
  private static final int EVENT_MICROS_EACH = 5_000;
  private static final int LONGEST_WAIT_MILLIS = 1_500;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Ranks of medians may be off by the error of the sketch; this many windows see the odd one. */
  private static final double RANK_ERROR = 0.04;

  private static final double DEVICE_ERROR = 0.1;
  private static final double MEBIBYTE = 1 << 20;

  private final Path directory;
  private final long seed;
  private final Consumer<String> console;

  /**
   * A proof with a broker of its own.
   *
   * @param directory for its data and logs
   * @param seed of the moments and the detections
   * @param console takes a line for each event
   */
  AggregatorProof(Path directory, long seed, Consumer<String> console) {
    this.directory = directory;
    this.seed = seed;
    this.console = console;
  }

  /**
   * What came of it.
   *
   * @param killed how often the process was killed
   * @param insideTransaction how many of these kills left at least one transaction open
   * @param detectionsPerSecond of a backlog, after the first commit; 0 where there were kills
   * @param cpuMicrosPerDetection of the aggregator's process, likewise
   * @param peakMebibytes the most resident memory that it held, heap and native, likewise
   */
  record Result(
      String name,
      long seed,
      int killed,
      int insideTransaction,
      BatchComputation.Comparison comparison,
      long detectionsPerSecond,
      double cpuMicrosPerDetection,
      double peakMebibytes,
      boolean holds)
      implements Proof {}

  private record Speed(long perSecond, double cpuMicros, double peakMebibytes) {
    static final Speed NOT_MEASURED = new Speed(0, 0, 0);
  }

  /** Reads a backlog of so many. */
  Result backlog(long detections) throws InterruptedException {
    try (AggregatorSite site = AggregatorSite.start(directory)) {
      write(site, detections);
      Speed speed = drain(site, detections, /* measured= */ true);
      return result("aggregates", 0, 0, site, detections, speed);
    }
  }

  private void write(AggregatorSite site, long detections) {
    try (DetectionFeed feed = new DetectionFeed(site.bootstrapServers(), seed, EVENT_MICROS_EACH)) {
      feed.write(detections);
    }
  }

  /** Kills it so often while detections flow. */
  Result kills(int times) throws InterruptedException {
    try (AggregatorSite site = AggregatorSite.start(directory);
        DetectionFeed feed = new DetectionFeed(site.bootstrapServers(), seed, EVENT_MICROS_EACH)) {
      AtomicBoolean ending = new AtomicBoolean();
      CompletableFuture<Void> flow =
          CompletableFuture.runAsync(() -> feed.paceUntil(ending::get, RECORDS_PER_SECOND));
      int inside = kill(site, times);
      ending.set(true);
      flow.join();
      drain(site, feed.written(), /* measured= */ false);
      return result("kill-aggregator", times, inside, site, feed.written(), Speed.NOT_MEASURED);
    }
  }

  private int kill(AggregatorSite site, int times) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    OpenTransactions transactions = new OpenTransactions(site.admin(), AggregatorSite.GROUP);
    int inside = 0;
    long committed = 0;
    for (int kill = 1; kill <= times; kill++) {
      try (ChildJvm aggregator = site.aggregator()) {
        site.awaitCommitted(committed + 1, aggregator, PATIENCE);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_WAIT_MILLIS));
        aggregator.freeze();
        int open = transactions.leftOpen();
        committed = site.committed();
        aggregator.kill();
        inside += open > 0 ? 1 : 0;
        console.accept(
            "kill %d: %d transactions open, %d detections read".formatted(kill, open, committed));
      }
    }
    return inside;
  }

  private Speed drain(AggregatorSite site, long detections, boolean measured)
      throws InterruptedException {
    try (ChildJvm aggregator = site.aggregator();
        GivenCounts given = new GivenCounts(site.bootstrapServers())) {
      long first = site.awaitCommitted(1, aggregator, PATIENCE);
      long startNanos = System.nanoTime();
      Duration cpuBefore = aggregator.cpu();
      site.awaitCommitted(detections, aggregator, PATIENCE);
      Duration cpu = aggregator.cpu().minus(cpuBefore);
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      given.await(detections, aggregator, PATIENCE);
      double peakMebibytes = aggregator.memory().peakBytes() / MEBIBYTE;
      aggregator.terminate();
      long read = detections - first;
      return measured && read > 0
          ? new Speed((long) (read / seconds), cpu.toNanos() / 1e3 / read, peakMebibytes)
          : Speed.NOT_MEASURED;
    }
  }

  private Result result(
      String name, int killed, int inside, AggregatorSite site, long detections, Speed speed) {
    try (BatchComputation batch = new BatchComputation()) {
      BatchComputation.Comparison found = batch.compare(site.bootstrapServers());
      boolean holds =
          found.detections() == detections
              && found.windows() > 0
              && found.different() == 0
              && found.finalTwice() == 0
              && found.worstRank() <= RANK_ERROR
              && found.worstDevices() <= DEVICE_ERROR;
      return new Result(
          name,
          seed,
          killed,
          inside,
          found,
          speed.perSecond(),
          speed.cpuMicros(),
          speed.peakMebibytes(),
          holds);
    }
  }
}
