package dev.skerry.retrain.loop;

import dev.skerry.retrain.gate.GateReport;
import dev.skerry.schemas.release.CanaryPolicy;
import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.ReleaseDraft;
import dev.skerry.schemas.release.ReleasePublisher;
import dev.skerry.schemas.release.Rollout;
import dev.skerry.schemas.release.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;

/**
 * Signs what has passed and hands it to the sites. Publishing the same again changes nothing, so
 * that a kill between two steps does no harm. Immutable.
 *
 * @param key signs
 * @param producers makes an idempotent producer that this closes
 * @param canary how sites try it
 */
record Publication(
    SigningKey key,
    Supplier<Producer<byte[], byte[]>> producers,
    CanaryPolicy canary,
    Clock clock) {

  private static final double ALL_SITES = 100;

  /**
   * Publishes the candidate of a training.
   *
   * @return the outcome as it is then
   */
  Outcome publish(Outcome passed, Trainings trainings, CloudNews news) throws IOException {
    Path directory = trainings.directory(passed.datasetVersion());
    Path candidate = trainings.candidate(passed.datasetVersion());
    GateReport report = GateReport.read(directory.resolve(GateReport.FILE));
    ReleaseDraft draft = ReleaseDraft.of(candidate);
    if (!report.passed() || !draft.header().sha256().equals(report.candidate().sha256())) {
      return written(
          passed.with(Outcome.Result.REFUSED, "the candidate's file is not the one that passed"),
          directory);
    }
    Optional<Release> before = news.release(draft.id());
    if (before.isPresent() && !before.get().manifest().sha256().equals(draft.header().sha256())) {
      return written(
          passed.with(
              Outcome.Result.REFUSED, draft.id() + " is published already, with another file"),
          directory);
    }
    if (before.isEmpty() || !before.get().isWhole() || before.get().rollout().isEmpty()) {
      send(draft, report, news, candidate);
    }
    return written(passed.with(Outcome.Result.PUBLISHED, passed.reason()), directory);
  }

  private void send(ReleaseDraft draft, GateReport report, CloudNews news, Path candidate) {
    long nowMillis = Math.max(news.latestMillis() + 1, clock.millis());
    Manifest manifest = draft.manifest(nowMillis, List.of(), canary, report.expected());
    Rollout rollout =
        new Rollout(
            manifest.model(),
            manifest.version(),
            manifest.issuedAtMillis(),
            ALL_SITES,
            List.of(),
            /* halted= */ false,
            "passed the gate: " + report.summary());
    try (Producer<byte[], byte[]> producer = producers.get()) {
      new ReleasePublisher(producer, key::sign).publish(manifest, candidate, rollout);
    }
  }

  private static Outcome written(Outcome outcome, Path directory) throws IOException {
    outcome.write(directory);
    return outcome;
  }
}
