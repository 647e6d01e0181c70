package dev.skerry.retrain.loop;

import dev.skerry.retrain.dataset.DatasetException;
import dev.skerry.retrain.dataset.DatasetManifest;
import dev.skerry.retrain.dataset.DatasetVersion;
import dev.skerry.retrain.gate.Gate;
import dev.skerry.retrain.gate.GateException;
import dev.skerry.retrain.gate.GateReport;
import dev.skerry.retrain.gate.HeldBack;
import dev.skerry.retrain.train.Progress;
import dev.skerry.retrain.train.candidate.KnownData;
import dev.skerry.retrain.train.candidate.Trainer;
import dev.skerry.retrain.train.candidate.TrainingJob;
import dev.skerry.retrain.train.data.TrainingDataException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One training: a candidate from a version of the dataset, and what the gate says of it. Nothing is
 * published here. Used by one thread.
 */
final class Attempt {

  private static final Logger log = LoggerFactory.getLogger(Attempt.class);

  private final Trainer trainer;
  private final Gate gate;
  private final KnownData known;
  private final Trainings trainings;
  private final Underway underway;
  private final Clock clock;

  Attempt(
      Trainer trainer,
      Gate gate,
      KnownData known,
      Trainings trainings,
      Underway underway,
      Clock clock) {
    this.trainer = trainer;
    this.gate = gate;
    this.known = known;
    this.trainings = trainings;
    this.underway = underway;
    this.clock = clock;
  }

  /** Trains and judges; what came of it is written down before it returns. */
  Outcome run(DatasetVersion dataset, Path champion, String model, String version, String trigger)
      throws IOException, InterruptedException {
    DatasetManifest manifest = dataset.manifest();
    Path directory = trainings.directory(manifest.version());
    Files.createDirectories(directory);
    Path candidate = trainings.candidate(manifest.version());
    Files.deleteIfExists(candidate);
    Files.deleteIfExists(TrainingJob.int8Of(candidate));
    long startedAtMillis = clock.millis();
    log.info(
        "Training {} {} on version {} of {} ({} samples): {}",
        model,
        version,
        manifest.version(),
        manifest.stream(),
        manifest.samples(),
        trigger);
    Outcome begun =
        new Outcome(
            manifest.version(),
            manifest.samples(),
            model,
            version,
            trigger,
            startedAtMillis,
            0,
            Outcome.Result.FAILED,
            "");
    underway.begins(version, trigger, startedAtMillis);
    Outcome judged;
    try {
      judged = judged(dataset, champion, candidate, version, begun, directory);
    } finally {
      underway.ends();
    }
    Outcome outcome =
        new Outcome(
            judged.datasetVersion(),
            judged.samples(),
            judged.model(),
            judged.version(),
            judged.trigger(),
            startedAtMillis,
            (clock.millis() - startedAtMillis) / 1e3,
            judged.result(),
            judged.reason());
    outcome.write(directory);
    log.info("{} {}: {}, {}", model, version, outcome.result(), outcome.reason());
    return outcome;
  }

  private Outcome judged(
      DatasetVersion dataset,
      Path champion,
      Path candidate,
      String version,
      Outcome begun,
      Path directory)
      throws IOException, InterruptedException {
    try (PrintWriter lines =
        new PrintWriter(Files.newBufferedWriter(directory.resolve("training.log")))) {
      Progress progress =
          line -> {
            log.info("Training: {}", line);
            underway.says(line);
            lines.println(line);
            lines.flush();
          };
      dataset.verify();
      trainer.train(new TrainingJob(dataset, champion, version, candidate), progress);
      underway.isJudged();
      HeldBack heldBack = HeldBack.of(dataset, known.toJudgeBy());
      DatasetManifest manifest = dataset.manifest();
      GateReport report =
          gate.judge(
              heldBack,
              new GateReport.Judged(
                  manifest.stream(),
                  manifest.version(),
                  manifest.sha256(),
                  heldBack.windows().size(),
                  heldBack.samples(),
                  heldBack.devices()),
              champion,
              candidate,
              TrainingJob.int8Of(candidate));
      take(report, candidate);
      report.write(directory);
      return begun.with(
          report.passed() ? Outcome.Result.PASSED : Outcome.Result.REFUSED, report.summary());
    } catch (Trainer.TrainingFailedException
        | GateException
        | DatasetException
        | TrainingDataException e) {
      if (Thread.currentThread().isInterrupted()) { // Files close themselves: that is no outcome.
        throw new InterruptedException("The training was cut off: " + e.getMessage());
      }
      return begun.with(Outcome.Result.FAILED, String.valueOf(e.getMessage()));
    }
  }

  /** What is published is the form that the report is of; the other stays beside it. */
  private static void take(GateReport report, Path candidate) throws IOException {
    GateReport.Int8 int8 = report.int8();
    if (int8 != null && int8.taken()) {
      Files.move(
          candidate,
          candidate.resolveSibling("candidate.full.onnx"),
          StandardCopyOption.REPLACE_EXISTING);
      Files.move(TrainingJob.int8Of(candidate), candidate);
    }
  }
}
