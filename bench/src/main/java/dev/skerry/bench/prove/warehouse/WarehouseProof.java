package dev.skerry.bench.prove.warehouse;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.prove.Proof;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Kills the warehouse's worker at random moments while aggregates arrive, changes their schema in
 * the middle while the registry that knows the new one is away, kills it then too, and writes
 * rubbish among them: NOTHING_LOST, NOTHING_TWICE, NOTHING_GOOD_IN_THE_DEAD_LETTERS. Then how fast
 * it works off a backlog, and how old rows are when they can be read.
 */
public final class WarehouseProof {

  private static final int RECORDS_PER_SECOND = 2_000;

  private final Path directory;
  private final long seed;
  private final int times;
  private final Duration outage;
  private final long backlog;
  private final Consumer<String> console;

  /**
   * A proof with a broker of its own.
   *
   * @param directory for data and logs
   * @param seed of the moments and the records
   * @param times how often the worker is killed, 1 and up
   * @param outage how long the registry is away
   * @param backlog how many records are worked off at once in the end; 0 leaves speed and freshness
   *     out
   * @param console takes a line for each event
   */
  public WarehouseProof(
      Path directory,
      long seed,
      int times,
      Duration outage,
      long backlog,
      Consumer<String> console) {
    this.directory = directory;
    this.seed = seed;
    this.times = times;
    this.outage = outage;
    this.backlog = backlog;
    this.console = console;
  }

  /**
   * What came of it.
   *
   * @param kills of the worker
   * @param outageSeconds how long the registry was away
   * @param rows compared with the records
   * @param deadLetters compared with the rubbish
   * @param upkeep what was done to the tables meanwhile
   * @param speed zeros where it was not measured
   */
  public record Result(
      String name,
      long seed,
      Disruption.Kills kills,
      long outageSeconds,
      RowCheck.Found rows,
      DeadLetterCheck.Found deadLetters,
      WarehouseUnderTest.Upkeep upkeep,
      Speed speed,
      boolean holds)
      implements Proof {}

  /**
   * How fast it was.
   *
   * @param backlogRecords how many records waited
   * @param rowsPerSecond from the first of their files being opened to the last row being readable
   * @param steadyRecordsPerSecond at which pace records came when their rows' age was measured
   * @param freshP50Seconds from the record's writing to the row's being read, of half of the
   *     records
   * @param freshMaxSeconds of the last of all
   */
  public record Speed(
      long backlogRecords,
      double rowsPerSecond,
      int steadyRecordsPerSecond,
      double freshP50Seconds,
      double freshMaxSeconds) {

    static final double LEAST_ROWS_PER_SECOND = 50_000;
    static final double LONGEST_FRESH_SECONDS = 5;

    static Speed unmeasured() {
      return new Speed(0, 0, 0, 0, 0);
    }

    boolean isEnough() {
      return backlogRecords == 0
          || (rowsPerSecond >= LEAST_ROWS_PER_SECOND && freshMaxSeconds <= LONGEST_FRESH_SECONDS);
    }
  }

  /** Tries it. */
  public Result run() throws InterruptedException {
    SchemaServer registry = new SchemaServer(AggregateFeed.NEWER_ID, AggregateFeed.newerSchema());
    try (registry;
        WarehouseUnderTest site = WarehouseUnderTest.start(directory, registry.url(), backlog > 0);
        AggregateFeed feed = new AggregateFeed(site.bootstrapServers(), seed)) {
      AtomicBoolean ended = new AtomicBoolean();
      AtomicBoolean isNewer = new AtomicBoolean();
      CompletableFuture<Void> flow =
          CompletableFuture.runAsync(
              () -> feed.paceUntil(ended::get, isNewer::get, RECORDS_PER_SECOND));
      Disruption.Kills kills;
      try (CommitWatch commits = site.commits()) {
        kills =
            new Disruption(site, feed, registry, isNewer, outage, seed, console)
                .run(times, commits);
      }
      ended.set(true);
      flow.join();
      return finish(site, feed, kills);
    }
  }

  private Result finish(WarehouseUnderTest site, AggregateFeed feed, Disruption.Kills kills)
      throws InterruptedException {
    try (ChildJvm worker = site.warehouse()) {
      RowReader reader = site.reader();
      site.awaitRows(worker, feed.written());
      Speed speed =
          backlog == 0
              ? Speed.unmeasured()
              : new SpeedRun(site, feed, reader, console).measure(worker, backlog);
      RowCheck.Found rows = RowCheck.compare(reader, feed);
      DeadLetterCheck.Found letters =
          DeadLetterCheck.compare(site.bootstrapServers(), feed.poisonPositions());
      boolean holds = rows.addUp() && letters.addUp() && speed.isEnough();
      return new Result(
          "warehouse", seed, kills, outage.toSeconds(), rows, letters, site.upkeep(), speed, holds);
    }
  }
}
