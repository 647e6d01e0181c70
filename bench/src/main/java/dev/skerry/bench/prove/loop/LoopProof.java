package dev.skerry.bench.prove.loop;

import dev.skerry.bench.prove.Proof;
import dev.skerry.local.loop.RetrainingLoop;
import dev.skerry.local.site.Site;
import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SitePorts;
import dev.skerry.local.site.SiteSettings;
import dev.skerry.retrain.dataset.DatasetManifest;
import dev.skerry.retrain.dataset.Datasets;
import dev.skerry.retrain.loop.Outcome;
import dev.skerry.retrain.loop.Trainings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A site that begins with a model that does not know one fault, until it knows it: how long each
 * step took, how well the fault is named on machines that were never sampled, before and after, and
 * how much of what the model did not know was selected, and why.
 */
public final class LoopProof {

  private static final String STREAM = "vibration";
  private static final long LOOK_MILLIS = 500;
  private static final double LEAST_RECALL = 0.5;
  private static final double MOST_LOST = 0.02;

  private final Path directory;
  private final long seed;
  private final Duration patience;
  private final Consumer<String> console;

  /**
   * A proof with a site of its own.
   *
   * @param patience how long the model may take to be promoted
   */
  public LoopProof(Path directory, long seed, Duration patience, Consumer<String> console) {
    this.directory = directory;
    this.seed = seed;
    this.patience = patience;
    this.console = console;
  }

  /**
   * What came of it. Times are seconds since the site's brokers answered.
   *
   * @param fault what the first model does not know
   * @param secondsToDetection until the first answer was seen
   * @param secondsToTraining until the training began whose candidate passed
   * @param secondsToPublication until that was published
   * @param secondsToPromotion until the site had promoted it
   * @param trainings what came of each, in turn
   * @param samples in the dataset, by class
   * @param selection what became of the windows of each class until the training
   * @param before how the first model does on machines that were never sampled
   * @param after how the promoted one does on the same
   */
  public record Result(
      String name,
      long seed,
      String fault,
      double secondsToDetection,
      double secondsToTraining,
      double secondsToPublication,
      double secondsToPromotion,
      List<String> trainings,
      SortedMap<String, Long> samples,
      Map<String, Selection.Of> selection,
      UnseenMachines.Recalls before,
      UnseenMachines.Recalls after,
      boolean holds)
      implements Proof {}

  /** Runs until the model is promoted, or patience ends. */
  public Result run() throws InterruptedException {
    SiteFiles files = new SiteFiles(directory.resolve("site"));
    SiteSettings settings =
        new SiteSettings(
                files,
                SitePorts.free(),
                new SiteSettings.Source.Simulated(RetrainingLoop.SIMULATION),
                RetrainingLoop.models(files))
            .learning();
    try (Site site = Site.start(settings, console, (before, now) -> {})) {
      long beginNanos = System.nanoTime();
      long beginMillis = System.currentTimeMillis();
      RetrainingLoop.start(settings, site.supervisor());
      Trainings trainings = Trainings.of(files.retraining(), STREAM);
      await(site, () -> site.latest().detections() > 0);
      double detection = seconds(beginNanos);
      console.accept("first answer after %.1f s".formatted(detection));
      await(site, () -> published(trainings).isPresent());
      double publication = seconds(beginNanos);
      trainings.outcomes().forEach(outcome -> console.accept(outcome.toString()));
      PromotedVersions promoted = new PromotedVersions(site.edge().address());
      await(
          site,
          () ->
              published(trainings)
                  .filter(outcome -> promoted.has(outcome.model(), outcome.version()))
                  .isPresent());
      double promotion = seconds(beginNanos);
      return result(
          files, trainings, site.edge().address(), beginMillis, detection, publication, promotion);
    }
  }

  private Result result(
      SiteFiles files,
      Trainings trainings,
      String edge,
      long beginMillis,
      double detection,
      double publication,
      double promotion) {
    Optional<Outcome> published = published(trainings);
    UnseenMachines machines = new UnseenMachines(seed);
    UnseenMachines.Recalls before = machines.recalls(RetrainingLoop.firstModel(files));
    UnseenMachines.Recalls after =
        published
            .map(outcome -> machines.recalls(trainings.candidate(outcome.datasetVersion())))
            .orElse(before);
    boolean forgotNothing =
        before.byClass().entrySet().stream()
            .allMatch(
                known ->
                    after.byClass().getOrDefault(known.getKey(), 0.0)
                        >= known.getValue() - MOST_LOST);
    double recall = after.byClass().getOrDefault(RetrainingLoop.NEW_FAULT, 0.0);
    return new Result(
        "loop",
        seed,
        RetrainingLoop.NEW_FAULT,
        detection,
        published.map(outcome -> (outcome.startedAtMillis() - beginMillis) / 1e3).orElse(-1.0),
        published.isPresent() ? publication : -1,
        published.isPresent() && promotion < patience.toSeconds() ? promotion : -1,
        trainings.outcomes().stream()
            .map(outcome -> outcome.version() + " " + outcome.result() + ": " + outcome.reason())
            .toList(),
        samples(files, published),
        Selection.read(edge),
        before,
        after,
        published.isPresent()
            && promotion < patience.toSeconds()
            && recall >= LEAST_RECALL
            && forgotNothing);
  }

  private static SortedMap<String, Long> samples(SiteFiles files, Optional<Outcome> published) {
    SortedMap<String, Long> samples = new TreeMap<>();
    published.ifPresent(
        outcome -> {
          DatasetManifest manifest =
              new Datasets(files.datasets()).require(STREAM, outcome.datasetVersion()).manifest();
          manifest
              .splits()
              .forEach(
                  (split, counts) ->
                      counts
                          .classes()
                          .forEach((label, count) -> samples.put(split + " " + label, count)));
        });
    return samples;
  }

  private static Optional<Outcome> published(Trainings trainings) {
    return trainings.outcomes().stream()
        .filter(outcome -> outcome.result() == Outcome.Result.PUBLISHED)
        .findFirst();
  }

  private void await(Site site, BooleanSupplier condition) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()
        && !site.failure().isDone()
        && System.nanoTime() < deadlineNanos) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private static double seconds(long sinceNanos) {
    return Math.round((System.nanoTime() - sinceNanos) / 1e8) / 10.0;
  }
}
