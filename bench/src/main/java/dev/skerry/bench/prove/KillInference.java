package dev.skerry.bench.prove;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.traffic.AnswerCheck;
import dev.skerry.bench.traffic.GroupProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Kills the inference processor ({@code kill -9}) at random moments while telemetry flows, and
 * counts what became of every record: NOTHING_LOST, NOTHING_TWICE, ORDER_PER_DEVICE, and scores as
 * they are offline.
 */
final class KillInference {

  private static final double RECORDS_PER_SECOND = 2_000;
  private static final int LONGEST_WAIT_MILLIS = 700;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path directory;
  private final long seed;
  private final int times;
  private final Consumer<String> console;

  /**
   * A proof with a broker of its own.
   *
   * @param directory for its data and logs
   * @param seed of the moments, the model and the telemetry
   * @param times how often to kill, 1 and up
   * @param console takes a line for each kill
   */
  KillInference(Path directory, long seed, int times, Consumer<String> console) {
    this.directory = directory;
    this.seed = seed;
    this.times = times;
    this.console = console;
  }

  /**
   * What came of it.
   *
   * @param killed how often the process was killed
   * @param insideTransaction how many of these kills left at least one transaction open: the
   *     process was frozen first, and the broker asked until nothing of it was on its way any more
   * @param telemetry records that asked
   * @param detections answers that a read_committed reader found
   * @param deadLetters answers that say why there is none
   * @param unanswered telemetry without a detection
   * @param doubled detections of telemetry that had one
   * @param outOfOrder detections that came after a younger one of their device
   * @param scoresCompared detections compared with offline ONNX Runtime
   * @param scoresDifferent those that differ by more than 1e-5
   */
  record Result(
      String name,
      long seed,
      int killed,
      int insideTransaction,
      long telemetry,
      long detections,
      long deadLetters,
      long unanswered,
      long doubled,
      long outOfOrder,
      long scoresCompared,
      long scoresDifferent,
      boolean holds)
      implements Proof {}

  Result run() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    try (ProofSite site = ProofSite.start(directory, seed);
        SteadyFeed feed = site.feed(RECORDS_PER_SECOND)) {
      OpenTransactions transactions = new OpenTransactions(site.admin(), ProofSite.GROUP);
      int inside = 0;
      long committed = 0;
      for (int kill = 1; kill <= times; kill++) {
        try (ChildJvm processor = site.processor("0", ProveCommand.JVM)) {
          GroupProgress progress = site.progress(processor);
          progress.await(committed + 1, PATIENCE);
          TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_WAIT_MILLIS));
          processor.freeze();
          int open = transactions.leftOpen();
          committed = progress.committed();
          processor.kill();
          inside += open > 0 ? 1 : 0;
          console.accept(
              "kill %d: %d transactions open, %d records answered"
                  .formatted(kill, open, committed));
        }
      }
      long telemetry = feed.end();
      drain(site, telemetry);
      return result(inside, telemetry, site.check(telemetry), site.deadLetters());
    }
  }

  private static void drain(ProofSite site, long telemetry) throws InterruptedException {
    try (ChildJvm processor = site.processor("0", ProveCommand.JVM)) {
      site.progress(processor).await(telemetry, PATIENCE);
      processor.terminate();
    }
  }

  private Result result(int inside, long telemetry, AnswerCheck.Report found, long deadLetters) {
    return new Result(
        "kill-inference",
        seed,
        times,
        inside,
        telemetry,
        found.answers(),
        deadLetters,
        found.missing(),
        found.doubled(),
        found.outOfOrder(),
        found.compared(),
        found.different(),
        found.holds() && deadLetters == 0);
  }
}
