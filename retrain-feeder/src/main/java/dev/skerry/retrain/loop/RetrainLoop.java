package dev.skerry.retrain.loop;

import dev.skerry.retrain.dataset.DatasetBuilder;
import dev.skerry.retrain.dataset.DatasetVersion;
import dev.skerry.retrain.dataset.Intaking;
import dev.skerry.retrain.dataset.LabelledCounts;
import dev.skerry.schemas.model.OnnxFile;
import dev.skerry.schemas.release.ReleaseId;
import dev.skerry.service.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circle in the cloud: reads samples and labels as they come, makes a version of the dataset
 * when it is time, has it trained and judged beside all this, and publishes what passes. Whatever
 * is cut off by a kill is done again after the next start, and nothing twice.
 */
final class RetrainLoop implements Service {

  private static final Logger log = LoggerFactory.getLogger(RetrainLoop.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final Parts parts;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicBoolean asked = new AtomicBoolean();
  private @Nullable FutureTask<Outcome> running;
  private @Nullable Thread worker;
  private Optional<Outcome> last = Optional.empty();

  /**
   * What the circle is made of.
   *
   * @param stream of whose samples it is
   * @param publication empty where nothing is published
   * @param resources are closed with it
   */
  record Parts(
      String stream,
      Intaking intake,
      LabelledCounts counts,
      CloudNews news,
      Champion champion,
      DatasetBuilder datasets,
      Attempt attempt,
      Trainings trainings,
      Trigger trigger,
      Optional<Publication> publication,
      LoopBoard board,
      Clock clock,
      AutoCloseable resources) {}

  RetrainLoop(Parts parts) {
    this.parts = parts;
  }

  /** Trains as soon as nothing else is being trained, whatever came. Any thread. */
  void ask() {
    asked.set(true);
  }

  @Override
  public void run() throws Exception {
    parts.intake().begin();
    parts.news().begin();
    parts
        .board()
        .begin(
            parts.datasets().latest(parts.stream()).map(DatasetVersion::manifest),
            parts.trainings().outcomes());
    last = parts.trainings().latest();
    if (last.isPresent() && last.get().result() == Outcome.Result.PASSED) {
      Outcome published = publish(last.get()); // A kill came between gate and publication.
      parts.board().ended(published);
      last = Optional.of(published);
    }
    while (stopped.getCount() > 0) {
      parts.intake().poll(POLL);
      parts.news().poll(Duration.ZERO);
      look();
      parts.board().look(parts.news(), labelled(), fresh());
    }
    stopTraining();
  }

  private void look() throws IOException, InterruptedException {
    FutureTask<Outcome> training = running;
    if (training != null) {
      if (training.isDone()) {
        running = null;
        Outcome outcome = publish(outcome(training));
        parts.board().ended(outcome);
        last = Optional.of(outcome);
      }
      return;
    }
    Optional<String> why = parts.trigger().why(moment());
    if (why.isPresent() && !parts.news().isInTrial(parts.champion().model())) {
      begin(why.get());
    }
  }

  private Trigger.Moment moment() {
    return new Trigger.Moment(
        parts.clock().instant(),
        fresh(),
        parts.news().isDrifting(parts.stream()),
        last.map(Outcome::startedAtMillis).map(Instant::ofEpochMilli),
        asked.get());
  }

  private long labelled() {
    return parts.counts().of(parts.stream());
  }

  /** Samples with a label that the last training did not have. */
  private long fresh() {
    return Math.max(0, labelled() - last.map(Outcome::samples).orElse(0L));
  }

  private void begin(String why) throws IOException {
    DatasetVersion dataset = parts.datasets().build(parts.stream(), parts.intake().inputs());
    boolean isAsked = asked.getAndSet(false);
    int version = dataset.manifest().version();
    parts.board().made(dataset.manifest());
    if (!isAsked && last.isPresent() && last.get().datasetVersion() == version) {
      return;
    }
    Path champion = parts.champion().file(parts.news());
    String model = parts.champion().model();
    String next =
        CandidateVersion.next(
            OnnxFile.read(champion).contract().version(),
            version,
            taken -> parts.news().release(new ReleaseId(model, taken)).isPresent());
    start(() -> parts.attempt().run(dataset, champion, model, next, why));
  }

  private void start(Callable<Outcome> training) {
    FutureTask<Outcome> task = new FutureTask<>(training);
    Thread thread = new Thread(task, "training");
    thread.setDaemon(true);
    running = task;
    worker = thread;
    thread.start();
  }

  private Outcome publish(Outcome outcome) throws IOException {
    if (outcome.result() != Outcome.Result.PASSED || parts.publication().isEmpty()) {
      return outcome;
    }
    Outcome published = parts.publication().get().publish(outcome, parts.trainings(), parts.news());
    log.info("{} {} is {}", published.model(), published.version(), published.result());
    return published;
  }

  private static Outcome outcome(FutureTask<Outcome> training)
      throws IOException, InterruptedException {
    try {
      return training.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IllegalStateException("The training failed: " + e.getCause(), e.getCause());
    }
  }

  private void stopTraining() throws InterruptedException {
    Thread thread = worker;
    if (running != null && thread != null) {
      thread.interrupt(); // It is begun again after the next start.
      thread.join(STOP.toMillis());
    }
  }

  @Override
  public void stop() {
    stopped.countDown();
  }

  @Override
  public void close() {
    try {
      parts.resources().close();
    } catch (Exception e) {
      log.warn("What the circle used cannot be closed", e);
    }
  }
}
