package dev.skerry.bench.prove.warehouse;

import dev.skerry.bench.process.ChildJvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Kills the worker again and again: while it starts, at any moment, and more often than chance
 * would within a commit. In the middle the schema changes while the registry that knows the new one
 * is away; the kills go on meanwhile.
 */
final class Disruption {

  private static final int LONGEST_WAIT_MILLIS = 3_000;

  /** About as long as a commit takes. */
  private static final int COMMIT_MILLIS = 400;

  private static final Duration NEXT_COMMIT = Duration.ofSeconds(20);

  private final WarehouseUnderTest site;
  private final AggregateFeed feed;
  private final SchemaServer registry;
  private final AtomicBoolean isNewer;
  private final Duration outage;
  private final SplittableRandom random;
  private final Consumer<String> console;
  private CompletableFuture<Void> registryIsBack = CompletableFuture.completedFuture(null);
  private int whileStarting;
  private int whileRegistryAway;
  private int insideTransaction;
  private int insideCommit;
  private final List<Double> recoverySeconds = new ArrayList<>();
  private long killedAtNanos;

  /**
   * With a worker that is killed.
   *
   * @param isNewer set when records are to be of the newer schema
   * @param outage how long the registry is away from then on
   */
  Disruption(
      WarehouseUnderTest site,
      AggregateFeed feed,
      SchemaServer registry,
      AtomicBoolean isNewer,
      Duration outage,
      long seed,
      Consumer<String> console) {
    this.site = site;
    this.feed = feed;
    this.registry = registry;
    this.isNewer = isNewer;
    this.outage = outage;
    this.random = new SplittableRandom(seed);
    this.console = console;
  }

  /**
   * What was done.
   *
   * @param all how often the worker was killed
   * @param whileStarting how many of these before it had written anything again
   * @param whileRegistryAway how many while the registry was away and the connector stood still
   * @param insideTransaction how many with a Kafka transaction open: files or offsets were reported
   * @param insideCommit how many between the beginning and the end of a commit to the table
   * @param recoveries after how many of these new rows were waited for
   * @param recoveryMedianSeconds from a kill to the first new row's being readable; the worker is
   *     started again at once
   * @param recoveryMaxSeconds of the slowest
   */
  public record Kills(
      int all,
      int whileStarting,
      int whileRegistryAway,
      int insideTransaction,
      int insideCommit,
      int recoveries,
      double recoveryMedianSeconds,
      double recoveryMaxSeconds) {}

  Kills run(int times, CommitWatch commits) throws InterruptedException {
    for (int kill = 0; kill < times; kill++) {
      commits.forgetWhatIsUnderWay();
      try (ChildJvm worker = site.warehouse()) {
        feed.poison();
        awaitMoment(worker, commits, kill, times);
        kill(worker, commits);
        console.accept(
            "kill %d: %d records so far, %d kills inside a transaction, %d inside a commit"
                .formatted(kill + 1, feed.written(), insideTransaction, insideCommit));
      }
    }
    registryIsBack.join();
    return kills(times);
  }

  private Kills kills(int times) {
    List<Double> sorted = recoverySeconds.stream().sorted().toList();
    int count = sorted.size();
    return new Kills(
        times,
        whileStarting,
        whileRegistryAway,
        insideTransaction,
        insideCommit,
        count,
        count == 0 ? 0 : sorted.get(count / 2),
        count == 0 ? 0 : sorted.get(count - 1));
  }

  private void awaitMoment(ChildJvm worker, CommitWatch commits, int kill, int times)
      throws InterruptedException {
    // So early that kills are left for the time after it.
    boolean isMiddle = kill == times / 3;
    if (!registryIsBack.isDone()) {
      waitUpTo(Math.toIntExact(outage.toMillis() / 2));
    } else if (!isMiddle && random.nextInt(4) == 0) {
      whileStarting++;
      waitUpTo(LONGEST_WAIT_MILLIS);
    } else {
      site.awaitMoreRows(worker);
      if (kill > 0) {
        recoverySeconds.add((System.nanoTime() - killedAtNanos) / 1e9);
      }
      if (isMiddle) {
        changeTheSchema();
        waitUpTo(LONGEST_WAIT_MILLIS);
      } else {
        awaitCommit(commits);
      }
    }
    worker.requireAlive();
  }

  /** Where no commit begins any more, that moment is as good as another. */
  private void awaitCommit(CommitWatch commits) throws InterruptedException {
    switch (random.nextInt(3)) {
      case 0 -> waitUpTo(LONGEST_WAIT_MILLIS);
      case 1 -> {
        if (commits.awaitStart(NEXT_COMMIT)) {
          waitUpTo(COMMIT_MILLIS);
        }
      }
      default -> commits.awaitFiles(NEXT_COMMIT);
    }
  }

  private void waitUpTo(int millis) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextInt(millis));
  }

  private void changeTheSchema() {
    console.accept("newer schema; the registry is away for %d s".formatted(outage.toSeconds()));
    isNewer.set(true);
    registryIsBack =
        CompletableFuture.runAsync(
            registry::start,
            CompletableFuture.delayedExecutor(outage.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void kill(ChildJvm worker, CommitWatch commits) throws InterruptedException {
    boolean isAway = !registryIsBack.isDone();
    worker.freeze();
    boolean isCommitting = commits.isCommitUnderWay();
    boolean isOpen = site.openTransactions() > 0;
    worker.kill();
    killedAtNanos = System.nanoTime();
    whileRegistryAway += isAway ? 1 : 0;
    insideCommit += isCommitting ? 1 : 0;
    insideTransaction += isOpen ? 1 : 0;
  }
}
