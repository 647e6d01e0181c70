package dev.skerry.bench.prove;

import dev.skerry.bench.link.Arrivals;
import dev.skerry.bench.link.BulkBacklog;
import dev.skerry.bench.link.LinkSite;
import dev.skerry.bench.link.RecordFeed;
import dev.skerry.bench.process.ChildJvm;
import dev.skerry.local.link.LinkCondition;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How long urgent records take through a thin link, from their append at the site until they can be
 * read in the cloud, alone and while a backlog of bulk goes through the same link.
 */
final class LinkUrgent {

  private static final LinkCondition.Thin LINK =
      new LinkCondition.Thin(1_000_000, Duration.ofMillis(25));
  private static final long BULK_BYTES_PER_SECOND = 500_000;
  private static final double TRANSACTIONS_PER_SECOND = 10;
  private static final int RECORDS_EACH = 5;
  private static final double LIMIT_RATIO = 2;
  private static final Duration RECENT = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path directory;
  private final long seed;
  private final long backlogBytes;
  private final int seconds;
  private final Consumer<String> console;

  /**
   * A measurement with two brokers of its own.
   *
   * @param backlogBytes how much bulk waits
   * @param seconds how long each of both is measured
   */
  LinkUrgent(Path directory, long seed, long backlogBytes, int seconds, Consumer<String> console) {
    this.directory = directory;
    this.seed = seed;
    this.backlogBytes = backlogBytes;
    this.seconds = seconds;
    this.console = console;
  }

  /**
   * Delays of urgent records in milliseconds.
   *
   * @param records how many were measured
   */
  record Delays(int records, long p50Millis, long p99Millis, long maxMillis) {

    static Delays of(List<Long> ascendingMillis) {
      int count = ascendingMillis.size();
      if (count == 0) {
        throw new IllegalStateException("No urgent record has come");
      }
      return new Delays(
          count,
          ascendingMillis.get((int) Math.ceil(0.50 * count) - 1),
          ascendingMillis.get((int) Math.ceil(0.99 * count) - 1),
          ascendingMillis.get(count - 1));
    }
  }

  /**
   * What was measured.
   *
   * @param linkBytesPerSecond what the link takes each way
   * @param bulkBytesPerSecond {@code mirror.bulk-bytes-per-second}
   * @param bulkWaitingBytes how much of the backlog still waited at the end
   * @param usedBytesPerSecond what went out through the link beside the backlog
   * @param ratio of both 99th percentiles
   */
  record Result(
      String name,
      long seed,
      long linkBytesPerSecond,
      long bulkBytesPerSecond,
      long backlogBytes,
      long bulkWaitingBytes,
      long usedBytesPerSecond,
      Delays alone,
      Delays besideBulk,
      double ratio,
      double limitRatio,
      boolean holds)
      implements Proof {}

  Result run() throws InterruptedException {
    try (LinkSite site = LinkSite.start(directory)) {
      site.link().set(LINK);
      try (ChildJvm mirror =
              site.startMirror(
                  Map.of("mirror.bulk-bytes-per-second", Long.toString(BULK_BYTES_PER_SECOND)));
          RecordFeed urgent =
              RecordFeed.start(
                  site.edge().bootstrapServers(),
                  List.of(Topics.AGGREGATES),
                  RECORDS_EACH,
                  TRANSACTIONS_PER_SECOND,
                  seed);
          Arrivals arrivals =
              Arrivals.follow(site.cloud().bootstrapServers(), List.of(Topics.AGGREGATES));
          Arrivals bulk =
              Arrivals.follow(
                  site.cloud().bootstrapServers(), List.of(Topics.RETRAINING_SAMPLES))) {
        urgent.awaitFirst(PATIENCE);
        arrivals.awaitAllBut(urgent, RECENT, System.nanoTime(), PATIENCE);
        Delays alone = measure(urgent, arrivals);
        console.accept("alone: " + alone);
        long records =
            BulkBacklog.write(
                site.edge().bootstrapServers(), Topics.RETRAINING_SAMPLES, backlogBytes, seed);
        bulk.awaitSome(Topics.RETRAINING_SAMPLES, PATIENCE);
        long before = site.link().bytesOut();
        Delays beside = measure(urgent, arrivals);
        long used = (site.link().bytesOut() - before) / seconds;
        console.accept("beside bulk: " + beside);
        mirror.requireAlive();
        long waiting = records - bulk.count(Topics.RETRAINING_SAMPLES);
        return result(alone, beside, waiting * BulkBacklog.RECORD_BYTES, used);
      }
    }
  }

  private Delays measure(RecordFeed urgent, Arrivals arrivals) throws InterruptedException {
    arrivals.awaitAllBut(urgent, RECENT, System.nanoTime(), PATIENCE);
    arrivals.takeDelaysMillis();
    TimeUnit.SECONDS.sleep(seconds);
    urgent.requireAlive();
    return Delays.of(arrivals.takeDelaysMillis());
  }

  private Result result(Delays alone, Delays beside, long waitingBytes, long used) {
    double ratio = (double) beside.p99Millis() / alone.p99Millis();
    return new Result(
        "link-urgent",
        seed,
        LINK.bytesPerSecond(),
        BULK_BYTES_PER_SECOND,
        backlogBytes,
        waitingBytes,
        used,
        alone,
        beside,
        ratio,
        LIMIT_RATIO,
        ratio <= LIMIT_RATIO && waitingBytes > 0);
  }
}
