package dev.skerry.bench.prove.budgets;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.prove.OpenTransactions;
import dev.skerry.bench.prove.Proof;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Kills the selection ({@code kill -9}) at random moments while candidates flow, sixty times as
 * fast as time does; every other time it finds no state on its disk afterwards, and every fourth
 * time another instance takes over. An independent reader adds up what each minute, hour and day
 * has had: NO_BUDGET_PASSED, NOTHING_TWICE, EACH_DECIDED_ONCE.
 */
public final class BudgetsProof {

  private static final int LONGEST_WAIT_MILLIS = 1_500;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Of the day before: at midnight a day's budget begins anew. */
  private static final Duration BEFORE_MIDNIGHT = Duration.ofMinutes(20);

  private final Path directory;
  private final long seed;
  private final int times;
  private final Consumer<String> console;

  /**
   * A proof with a broker of its own.
   *
   * @param directory for its data and logs
   * @param seed of the moments and the candidates
   * @param times how often to kill, 1 and up
   * @param console takes a line for each kill
   */
  public BudgetsProof(Path directory, long seed, int times, Consumer<String> console) {
    this.directory = directory;
    this.seed = seed;
    this.times = times;
    this.console = console;
  }

  /**
   * What came of it.
   *
   * @param killed how often the process was killed
   * @param insideTransaction how many of these kills left at least one transaction open
   * @param withoutState how often it came back without its disk
   * @param taken how often another instance took over
   * @param decided on how many candidates the selection says that it has decided
   */
  public record Result(
      String name,
      long seed,
      int killed,
      int insideTransaction,
      int withoutState,
      int taken,
      long decided,
      BudgetCheck.Report report,
      boolean holds)
      implements Proof {}

  /** Runs it. */
  public Result run() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    BudgetLimits limits = BudgetLimits.tight();
    Instant first = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(BEFORE_MIDNIGHT);
    try (SelectSite site = SelectSite.start(directory);
        CandidateFeed feed = CandidateFeed.start(site.bootstrapServers(), seed, first)) {
      OpenTransactions transactions = new OpenTransactions(site.admin(), SelectSite.GROUP);
      int inside = 0;
      int states = 0;
      int instances = 0;
      long committed = 0;
      for (int kill = 1; kill <= times; kill++) {
        try (ChildJvm select = site.select(instances, states, limits.settings())) {
          site.awaitCommitted(committed, select, PATIENCE);
          TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_WAIT_MILLIS));
          select.freeze();
          int open = transactions.leftOpen();
          committed = site.committed();
          select.kill();
          inside += open > 0 ? 1 : 0;
          console.accept(
              "kill %d: %d transactions open, %d of %d candidates read"
                  .formatted(kill, open, committed, feed.written()));
        }
        states += kill % 2;
        instances += kill % 4 == 0 ? 1 : 0;
      }
      long candidates = feed.end();
      long decided = drain(site, instances, states, limits, candidates);
      BudgetCheck.Report report = new BudgetCheck(limits).of(site.bootstrapServers());
      boolean holds = report.holds() && report.candidates() == candidates && decided == candidates;
      return new Result("budgets", seed, times, inside, states, instances, decided, report, holds);
    }
  }

  private static long drain(
      SelectSite site, int instance, int state, BudgetLimits limits, long candidates)
      throws InterruptedException {
    try (ChildJvm select = site.select(instance, state, limits.settings())) {
      long decided = site.awaitDecided(candidates, select, PATIENCE);
      select.terminate();
      return decided;
    }
  }
}
