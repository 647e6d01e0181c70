package dev.skerry.bench.prove;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.traffic.AnswerCheck;
import dev.skerry.bench.traffic.FirstAnswers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Two instances share the telemetry; one is killed ({@code kill -9}) and not started again. How
 * long until telemetry that comes after the kill is answered by the other, in all of the dead one's
 * partitions, as a {@code read_committed} reader sees it?
 */
final class Takeover {

  private static final double RECORDS_PER_SECOND = 1_000;
  private static final int LONGEST_WAIT_MILLIS = 1_000;
  private static final double LIMIT_SECONDS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path directory;
  private final long seed;
  private final int times;
  private final Consumer<String> console;

  /** A proof with a broker of its own; see {@link KillInference}. */
  Takeover(Path directory, long seed, int times, Consumer<String> console) {
    this.directory = directory;
    this.seed = seed;
    this.times = times;
    this.console = console;
  }

  /**
   * What came of it.
   *
   * @param killed how often an instance was killed for good
   * @param partitionsTaken partitions that changed hands
   * @param secondsToAnswer until the last of them was answered again, kill by kill
   * @param longestSeconds the longest of these
   * @param limitSeconds what is promised
   */
  record Result(
      String name,
      long seed,
      int killed,
      int partitionsTaken,
      List<Double> secondsToAnswer,
      double longestSeconds,
      double limitSeconds,
      long telemetry,
      long detections,
      long unanswered,
      long doubled,
      long outOfOrder,
      boolean holds)
      implements Proof {}

  Result run() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    List<Double> seconds = new ArrayList<>();
    int taken = 0;
    try (ProofSite site = ProofSite.start(directory, seed);
        SteadyFeed feed = site.feed(RECORDS_PER_SECOND)) {
      Instances instances = new Instances(site);
      try (ChildJvm survivor = instances.start("survivor")) {
        for (int kill = 1; kill <= times; kill++) {
          // A name of its own each time: nobody comes back to end what it left open.
          try (ChildJvm victim = instances.start("victim-" + kill)) {
            Set<Integer> partitions = instances.awaitShare("victim-" + kill, PATIENCE);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_WAIT_MILLIS));
            taken += partitions.size();
            seconds.add(secondsUntilAnswered(site, victim, partitions));
            console.accept(
                "kill %d: partitions %s answered again after %.1f s"
                    .formatted(kill, partitions, seconds.get(kill - 1)));
          }
        }
        long telemetry = feed.end();
        site.progress(survivor).await(telemetry, PATIENCE);
        survivor.terminate();
        return result(taken, seconds, telemetry, site.check(telemetry));
      }
    }
  }

  private static double secondsUntilAnswered(
      ProofSite site, ChildJvm victim, Set<Integer> partitions) throws InterruptedException {
    try (FirstAnswers answers = FirstAnswers.toWhatComes(site.bootstrapServers(), partitions)) {
      victim.kill();
      long killedNanos = System.nanoTime();
      answers.skipWhatIsThere();
      return (answers.await(PATIENCE) - killedNanos) / 1e9;
    }
  }

  private Result result(int taken, List<Double> seconds, long telemetry, AnswerCheck.Report found) {
    double longest = Collections.max(seconds);
    return new Result(
        "takeover",
        seed,
        times,
        taken,
        seconds,
        longest,
        LIMIT_SECONDS,
        telemetry,
        found.answers(),
        found.missing(),
        found.doubled(),
        found.outOfOrder(),
        found.holds() && longest <= LIMIT_SECONDS);
  }
}
