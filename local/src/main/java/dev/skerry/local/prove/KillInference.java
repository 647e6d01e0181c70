package dev.skerry.local.prove;

import dev.skerry.local.audit.AnswerReport;
import dev.skerry.local.site.RunReport;
import dev.skerry.local.site.Site;
import dev.skerry.local.site.SiteFailedException;
import dev.skerry.local.site.SiteParts;
import dev.skerry.local.site.SiteSettings;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/**
 * Kills the inference processor ({@code kill -9}) at random moments while telemetry flows, and
 * counts what became of every record: NOTHING_LOST, NOTHING_TWICE, ORDER_PER_DEVICE.
 */
public final class KillInference {

  private static final String NAME = "kill-inference";
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(30);
  private static final int LONGEST_WAIT_MILLIS = 700;
  private static final int PROBE_MILLIS = 20;

  private final SiteSettings settings;
  private final long seed;
  private final int times;
  private final Consumer<String> console;

  /**
   * A proof on a site of its own.
   *
   * @param settings the site; its source must outlast the kills
   * @param seed where the moments come from
   * @param times how often to kill
   * @param console takes a line for each event
   */
  public KillInference(SiteSettings settings, long seed, int times, Consumer<String> console) {
    this.settings = settings;
    this.seed = seed;
    this.times = times;
    this.console = console;
  }

  /**
   * What was done and what came of it.
   *
   * @param killed how often the process was killed
   * @param insideTransaction how often the broker knew an open transaction of it just then
   * @param telemetry records that asked
   * @param detections answers by a model
   * @param deadLetters answers that say why there is none
   * @param unanswered telemetry without an answer
   * @param doubled answers to telemetry that had one already
   * @param unasked answers to telemetry that was not there
   * @param outOfOrder answers that overtook another one of their device
   * @param holds whether the promise held
   */
  public record Proof(
      String name,
      long seed,
      int killed,
      int insideTransaction,
      long telemetry,
      long detections,
      long deadLetters,
      long unanswered,
      long doubled,
      long unasked,
      long outOfOrder,
      boolean holds) {}

  /** Starts the site, kills, drains, counts, and stops the site. */
  public Proof run() throws InterruptedException {
    try (Site site = Site.start(settings, console, (before, now) -> {});
        Admin admin = Admin.create(Map.of("bootstrap.servers", site.edge()))) {
      SplittableRandom random = new SplittableRandom(seed);
      OpenTransactions transactions = new OpenTransactions(admin, SiteParts.INFERENCE_GROUP);
      int inside = 0;
      for (int kill = 1; kill <= times; kill++) {
        awaitAnswers(site);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_WAIT_MILLIS));
        int restarts = site.supervisor().restarts(SiteParts.INFERENCE);
        site.supervisor().kill(SiteParts.INFERENCE);
        inside += transactions.any() ? 1 : 0;
        awaitRestart(site, restarts);
      }
      RunReport report = site.drain(DRAIN_PATIENCE);
      return proof(inside, report.answers(), DeviceOrder.overtakings(site.edge()));
    }
  }

  private Proof proof(int inside, AnswerReport answers, long outOfOrder) {
    return new Proof(
        NAME,
        seed,
        times,
        inside,
        answers.telemetry(),
        answers.detections(),
        answers.deadLetters(),
        answers.unanswered(),
        answers.doubled(),
        answers.unasked(),
        outOfOrder,
        answers.addsUp() && answers.telemetry() > 0 && outOfOrder == 0);
  }

  /** Waits until the process that runs now has answered something, so that it is worth killing. */
  private static void awaitAnswers(Site site) throws InterruptedException {
    long before = site.latest().detections();
    await(site, "answers nothing", () -> site.latest().detections() > before);
  }

  private static void awaitRestart(Site site, int restartsBefore) throws InterruptedException {
    await(
        site,
        "does not come back",
        () -> site.supervisor().restarts(SiteParts.INFERENCE) > restartsBefore);
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Site site, String otherwise, Condition condition)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + START_PATIENCE.toNanos();
    while (!condition.holds()) {
      if (site.failure().isDone()) {
        throw new SiteFailedException(site.failure().join());
      }
      if (System.nanoTime() > deadlineNanos) {
        throw new SiteFailedException(
            "The " + SiteParts.INFERENCE + " " + otherwise + " within " + START_PATIENCE);
      }
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    }
  }
}
