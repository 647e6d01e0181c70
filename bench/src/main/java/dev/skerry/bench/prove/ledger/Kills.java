package dev.skerry.bench.prove.ledger;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.prove.OpenTransactions;
import dev.skerry.schemas.topic.Side;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Kills the aggregators of both sides ({@code kill -9}) at random moments. */
final class Kills {

  private static final int LONGEST_WAIT_MILLIS = 5_000;
  private static final int PROBE_MILLIS = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final LinkedSite site;
  private final SplittableRandom random;
  private final Consumer<String> console;

  Kills(LinkedSite site, long seed, Consumer<String> console) {
    this.site = site;
    this.random = new SplittableRandom(seed);
    this.console = console;
  }

  /**
   * What was done.
   *
   * @param each how often each side was killed
   * @param insideTransaction how many of all kills left at least one transaction open
   */
  record Done(int each, int insideTransaction) {}

  /** Kills both at least so often, and until it is told that it is enough. */
  Done run(int times, BooleanSupplier enough) throws InterruptedException {
    int kill = 0;
    int inside = 0;
    while (kill < times || !enough.getAsBoolean()) {
      kill++;
      long edgeBefore = counted(Side.EDGE);
      long cloudBefore = counted(Side.CLOUD);
      try (ChildJvm edge = site.aggregator(Side.EDGE);
          ChildJvm cloud = site.aggregator(Side.CLOUD)) {
        awaitMore(Side.EDGE, edgeBefore, edge);
        awaitMore(Side.CLOUD, cloudBefore, cloud);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_WAIT_MILLIS));
        int open = kill(edge, Side.EDGE) + kill(cloud, Side.CLOUD);
        inside += open;
        console.accept(
            "kill %d: %d of 2 inside a transaction, %d records counted at the site, %d in the cloud"
                .formatted(kill, open, counted(Side.EDGE), counted(Side.CLOUD)));
      }
    }
    return new Done(kill, inside);
  }

  private int kill(ChildJvm aggregator, Side side) throws InterruptedException {
    aggregator.freeze();
    int open = new OpenTransactions(site.admin(side), LinkedSite.APPLICATION).leftOpen();
    aggregator.kill();
    return open > 0 ? 1 : 0;
  }

  private void awaitMore(Side side, long before, ChildJvm aggregator) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (counted(side) <= before) {
      aggregator.requireAlive();
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException("The ledger does not go on: " + side);
      }
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    }
  }

  private long counted(Side side) throws InterruptedException {
    return site.counted(side, OverflowFeed.TOPIC).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
