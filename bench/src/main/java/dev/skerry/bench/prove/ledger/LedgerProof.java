package dev.skerry.bench.prove.ledger;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.prove.Proof;
import dev.skerry.local.ledger.Verdicts;
import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.CompletenessVerdict;
import dev.skerry.schemas.topic.Side;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A site and its cloud with MirrorMaker 2 between them, the aggregators of both killed at random
 * moments; one record is lost on the way, one is doubled, and in a third minute both happen. Does
 * the ledger name each in its minute, and nothing else?
 */
public final class LedgerProof {

  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final int PROBE_SECONDS = 2;

  /** Records that are lost and doubled in the three minutes with faults. */
  private static final List<List<Long>> INJECTED =
      List.of(List.of(1L, 0L), List.of(0L, 1L), List.of(1L, 1L));

  private final Path directory;
  private final long seed;
  private final int times;
  private final Consumer<String> console;

  /**
   * A proof with brokers of its own.
   *
   * @param directory for their data and logs
   * @param seed of the moments and the records
   * @param times how often to kill the aggregator of each side at least, 1 and up
   * @param console takes a line for each event
   */
  public LedgerProof(Path directory, long seed, int times, Consumer<String> console) {
    this.directory = directory;
    this.seed = seed;
    this.times = times;
    this.console = console;
  }

  /**
   * What came of it.
   *
   * @param killedEach how often the aggregator of each side was killed
   * @param insideTransaction how many of all kills left at least one transaction open
   * @param written records that the site's broker acknowledged
   * @param arrived records that a read_committed reader found in the cloud
   * @param windows minutes in which records were written
   * @param rightWindows those of which the ledger says what the reader counted
   * @param otherWindows minutes of the other mirrored topics in that time, in which nothing was
   *     written
   * @param otherComplete those that the ledger calls complete
   * @param faulty the minutes with faults
   */
  public record Result(
      String name,
      long seed,
      int killedEach,
      int insideTransaction,
      long written,
      long arrived,
      int windows,
      long rightWindows,
      int otherWindows,
      long otherComplete,
      List<Window> faulty,
      boolean holds)
      implements Proof {}

  /** What was counted, beside what the ledger says now. */
  private record Findings(List<Window> windows, List<Completeness> others) {

    long right() {
      return windows.stream().filter(Window::right).count();
    }

    long othersComplete() {
      return others.stream()
          .filter(each -> each.getVerdict() == CompletenessVerdict.COMPLETE)
          .count();
    }

    boolean areSettled() {
      return right() == windows.size() && othersComplete() == others.size();
    }
  }

  /** Runs it; takes about ten minutes with 20 kills, since minutes pass as they do. */
  public Result run() throws InterruptedException {
    try (LinkedSite site = LinkedSite.start(directory);
        OverflowFeed feed = OverflowFeed.start(site.bootstrapServers(Side.EDGE), seed);
        Faults faults = new Faults(site, feed, console)) {
      AtomicBoolean enough = new AtomicBoolean();
      CompletableFuture<Kills.Done> killing = killUntil(site, enough);
      List<Instant> injected = new ArrayList<>();
      try {
        injected.add(faults.lose());
        injected.add(faults.doubleOne());
        injected.add(faults.loseAndDouble());
      } finally {
        enough.set(true);
      }
      Kills.Done kills = join(killing);
      List<Written> written = feed.end();
      console.accept("%d records are written; the ledger judges them".formatted(written.size()));
      try (ChildJvm edge = site.aggregator(Side.EDGE);
          ChildJvm cloud = site.aggregator(Side.CLOUD)) {
        Findings findings = awaitSettled(site, written, List.of(edge, cloud));
        return result(kills, written, findings, injected);
      }
    }
  }

  private CompletableFuture<Kills.Done> killUntil(LinkedSite site, AtomicBoolean enough) {
    CompletableFuture<Kills.Done> killing = new CompletableFuture<>();
    Runnable kill =
        () -> {
          try {
            killing.complete(new Kills(site, seed, console).run(times, enough::get));
          } catch (InterruptedException | RuntimeException e) {
            killing.completeExceptionally(e);
          }
        };
    new Thread(kill, "kills").start();
    return killing;
  }

  private static Kills.Done join(CompletableFuture<Kills.Done> killing) {
    try {
      return killing.join();
    } catch (CompletionException e) {
      throw new IllegalStateException("The aggregators could not be killed", e.getCause());
    }
  }

  /** What is found once every minute is judged as it was counted, or when patience is over. */
  private static Findings awaitSettled(
      LinkedSite site, List<Written> written, List<ChildJvm> aggregators)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    Findings findings = find(site, written);
    while (!findings.areSettled() && System.nanoTime() < deadlineNanos) {
      aggregators.forEach(ChildJvm::requireAlive);
      TimeUnit.SECONDS.sleep(PROBE_SECONDS);
      findings = find(site, written);
    }
    return findings;
  }

  private static Findings find(LinkedSite site, List<Written> written) {
    String cloud = site.bootstrapServers(Side.CLOUD);
    Arrived arrived = Arrived.read(cloud);
    TreeMap<Instant, List<Written>> byMinute =
        written.stream()
            .collect(Collectors.groupingBy(Written::minute, TreeMap::new, Collectors.toList()));
    Map<Instant, Completeness> judged = new HashMap<>();
    List<Completeness> others = new ArrayList<>();
    for (Completeness each : Verdicts.read(cloud).windows()) {
      if (each.getTopic().equals(OverflowFeed.TOPIC.name())) {
        judged.put(each.getWindowStart(), each);
      } else if (!each.getWindowStart().isAfter(byMinute.lastKey())) {
        others.add(each);
      }
    }
    List<Window> windows = new ArrayList<>();
    byMinute.forEach(
        (minute, records) ->
            windows.add(
                Window.of(minute, records, arrived, Optional.ofNullable(judged.get(minute)))));
    return new Findings(windows, others);
  }

  private Result result(
      Kills.Done kills, List<Written> written, Findings findings, List<Instant> injected) {
    List<Window> faulty = findings.windows().stream().filter(Window::isFaulty).toList();
    long arrived = findings.windows().stream().mapToLong(Window::arrived).sum();
    boolean asInjected =
        faulty.stream().map(Window::faults).toList().equals(INJECTED)
            && faulty.stream()
                .map(Window::start)
                .toList()
                .equals(injected.stream().map(Instant::toString).toList());
    return new Result(
        "ledger",
        seed,
        kills.each(),
        kills.insideTransaction(),
        written.size(),
        arrived,
        findings.windows().size(),
        findings.right(),
        findings.others().size(),
        findings.othersComplete(),
        faulty,
        asInjected && findings.areSettled() && !findings.others().isEmpty());
  }
}
