package dev.skerry.bench.prove.warehouse;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.prove.Proof;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Kills the warehouse's worker at random moments while aggregates arrive, changes their schema in
 * the middle while the registry that knows the new one is away, and writes rubbish among them:
 * NOTHING_LOST, NOTHING_TWICE, NOTHING_GOOD_IN_THE_DEAD_LETTERS. Then how fast it works off a
 * backlog, and how old rows are when they can be read.
 */
public final class WarehouseProof {

  private static final int RECORDS_PER_SECOND = 2_000;
  private static final int LONGEST_WAIT_MILLIS = 5_000;
  private static final int KILLS_WHILE_STARTING_ONE_IN = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

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
   * @param kills how often the worker was killed
   * @param killsWhileStarting how many of these before it had written anything again
   * @param killsInsideTransaction how many while it was reporting files or offsets
   * @param outageSeconds how long the registry was away
   * @param rows compared with the records
   * @param deadLetters compared with the rubbish
   * @param speed zeros where it was not measured
   */
  public record Result(
      String name,
      long seed,
      int kills,
      int killsWhileStarting,
      int killsInsideTransaction,
      long outageSeconds,
      RowCheck.Found rows,
      DeadLetterCheck.Found deadLetters,
      Speed speed,
      boolean holds)
      implements Proof {}

  /**
   * How fast it was.
   *
   * @param backlogRecords how many records waited
   * @param rowsPerSecond from the first of their rows to the last
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

  private record Kills(int all, int whileStarting, int insideTransaction) {}

  /** Tries it. */
  public Result run() throws InterruptedException {
    SchemaServer registry = new SchemaServer(AggregateFeed.NEWER_ID, AggregateFeed.newerSchema());
    try (registry;
        WarehouseUnderTest site = WarehouseUnderTest.start(directory, registry.url());
        AggregateFeed feed = new AggregateFeed(site.bootstrapServers(), seed)) {
      AtomicBoolean ended = new AtomicBoolean();
      AtomicBoolean isNewer = new AtomicBoolean();
      CompletableFuture<Void> flow =
          CompletableFuture.runAsync(
              () -> feed.paceUntil(ended::get, isNewer::get, RECORDS_PER_SECOND));
      Kills kills = disrupt(site, feed, registry, isNewer);
      ended.set(true);
      flow.join();
      return finish(site, feed, kills);
    }
  }

  private Kills disrupt(
      WarehouseUnderTest site, AggregateFeed feed, SchemaServer registry, AtomicBoolean isNewer)
      throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    int starting = 0;
    int inside = 0;
    for (int kill = 0; kill < times; kill++) {
      try (ChildJvm worker = site.warehouse();
          RowReader reader = site.reader()) {
        feed.poison();
        boolean whileStarting = random.nextInt(KILLS_WHILE_STARTING_ONE_IN) == 0 && times > 1;
        if (whileStarting) {
          starting++;
        } else {
          awaitMore(reader, worker, reader.count("aggregates"));
        }
        if (kill == times / 2) {
          changeTheSchema(registry, isNewer);
        }
        long millis = random.nextInt(LONGEST_WAIT_MILLIS);
        TimeUnit.MILLISECONDS.sleep(millis);
        inside += kill(site, worker);
        console.accept(
            "kill %d: %d rows of %d records"
                .formatted(kill + 1, reader.count("aggregates"), feed.written()));
      }
    }
    return new Kills(times, starting, inside);
  }

  /** Returns 1 where a transaction was open, else 0. */
  private static int kill(WarehouseUnderTest site, ChildJvm worker) throws InterruptedException {
    worker.freeze();
    int open = site.openTransactions();
    worker.kill();
    return Math.min(open, 1);
  }

  /** The registry is away when the first record of the newer schema comes, and for some time. */
  private void changeTheSchema(SchemaServer registry, AtomicBoolean isNewer)
      throws InterruptedException {
    isNewer.set(true);
    console.accept("newer schema; the registry is away for %d s".formatted(outage.toSeconds()));
    TimeUnit.MILLISECONDS.sleep(outage.toMillis());
    registry.start();
  }

  private static void awaitMore(RowReader reader, ChildJvm worker, long than)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (reader.count("aggregates") <= than) {
      worker.requireAlive();
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException("No rows come beyond " + than);
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private Result finish(WarehouseUnderTest site, AggregateFeed feed, Kills kills)
      throws InterruptedException {
    try (ChildJvm worker = site.warehouse();
        RowReader reader = site.reader()) {
      awaitMore(reader, worker, feed.written() - 1);
      Speed speed =
          backlog == 0
              ? Speed.unmeasured()
              : new SpeedRun(site, feed, reader, console).measure(worker, backlog);
      RowCheck.Found rows = RowCheck.compare(reader, feed);
      DeadLetterCheck.Found letters =
          DeadLetterCheck.compare(site.bootstrapServers(), feed.poisonPositions());
      boolean holds = rows.addUp() && letters.addUp() && speed.isEnough();
      return new Result(
          "warehouse",
          seed,
          kills.all(),
          kills.whileStarting(),
          kills.insideTransaction(),
          outage.toSeconds(),
          rows,
          letters,
          speed,
          holds);
    }
  }
}
