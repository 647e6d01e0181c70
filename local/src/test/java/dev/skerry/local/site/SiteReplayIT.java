package dev.skerry.local.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skerry.local.replay.ReplayModel;
import dev.skerry.local.replay.ReplayRequest;
import dev.skerry.schemas.DeadLetterReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The main job, whole: files in, every part a process, every record counted at the end. */
@Timeout(300)
class SiteReplayIT {

  private static final Path SKAB = Path.of("..", "..", "shared", "data", "skab", "valve1");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final double SAME = 1e-5;

  @TempDir Path directory;

  @Test
  void shouldAnswerEveryRecordOnceThroughKillsAndMalformedRecords() throws Exception {
    int pumps = 6;
    int rows = 8_000;
    PumpFiles.write(directory.resolve("pumps"), pumps, rows, 7);
    ReplayModel model =
        fitted(directory.resolve("pumps"), "--size", "30", "--hop", "1", "--labels", "anomaly");

    try (Site site = start(settings(model))) {
      Map<DeadLetterReason, byte[]> malformed = MalformedTelemetry.send(site.edge(), "pump");
      for (int kill = 1; kill <= 3; kill++) {
        awaitMoreDetections(site);
        site.supervisor().kill(SiteParts.INFERENCE);
      }
      RunReport report = awaitSourceAndDrain(site);

      assertThat(report.addsUp()).as(report.describe()).isTrue();
      assertThat(site.supervisor().restarts(SiteParts.INFERENCE)).isEqualTo(3);
      assertThat(report.answers().detections()).isEqualTo((long) pumps * (rows - 30 + 1));
      assertThat(report.answers().deadLetters()).isEqualTo(malformed.size());
      assertThat(report.seen().byLabel()).containsOnlyKeys("normal", "anomaly");
      assertThat(report.mirrored().topics()).isNotEmpty();

      OfflineComparison.Result compared = OfflineComparison.of(site.edge(), model.file());
      assertThat(compared.detections()).isEqualTo(report.answers().detections());
      assertThat(compared.largestDifference()).isCloseTo(0, within(SAME));
      assertThat(compared.deadLetters()).containsOnlyKeys(malformed.keySet());
      malformed.forEach(
          (reason, value) ->
              assertThat(compared.deadLetters().get(reason)).as(reason.name()).isEqualTo(value));
    }
  }

  @Test
  void shouldScoreAllOfSkabAsOnnxRuntimeDoesOffline() throws Exception {
    assumeTrue(
        Files.isDirectory(SKAB),
        "SKIPPED: the SKAB pump data are not at ../shared/data/skab, so the replay of real"
            + " telemetry was not tried");
    ReplayModel model = fitted(SKAB, "--size", "60", "--hop", "10");

    try (Site site = start(settings(model).withoutCloud())) {
      awaitMoreDetections(site);
      site.supervisor().kill(SiteParts.INFERENCE);
      RunReport report = awaitSourceAndDrain(site);

      assertThat(report.addsUp()).as(report.describe()).isTrue();
      assertThat(report.answers().detections()).isEqualTo(windows(SKAB, 60, 10));
      assertThat(report.answers().deadLetters()).isZero();
      OfflineComparison.Result compared = OfflineComparison.of(site.edge(), model.file());
      assertThat(compared.detections()).isEqualTo(report.answers().detections());
      assertThat(compared.largestDifference()).isCloseTo(0, within(SAME));
    }
  }

  private ReplayModel fitted(Path files, String... options) {
    ReplayRequest request =
        new ReplayRequest(
            Stream.concat(Stream.of("--stream", "pump", "--speed", "max"), Stream.of(options))
                .toList(),
            List.of(files.toString()));
    return ReplayModel.fitted(directory.resolve("pump.onnx"), request);
  }

  private SiteSettings settings(ReplayModel model) {
    return new SiteSettings(
        new SiteFiles(directory.resolve("site")),
        SitePorts.free(),
        new SiteSettings.Source.Replayed(model.request().arguments()),
        List.of(model.file()));
  }

  private static Site start(SiteSettings settings) throws InterruptedException {
    return Site.start(settings, System.out::println, (before, now) -> {});
  }

  private static void awaitMoreDetections(Site site) {
    long before = site.latest().detections();
    await()
        .atMost(PATIENCE)
        .until(() -> site.failure().isDone() || site.latest().detections() > before);
    assertThat(site.failure()).isNotDone();
  }

  private static RunReport awaitSourceAndDrain(Site site) throws InterruptedException {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> site.failure().isDone() || site.sourceFinished().isDone());
    assertThat(site.failure()).isNotDone();
    return site.drain(PATIENCE);
  }

  /** Counted from the files' lines alone. */
  private static long windows(Path directory, int size, int hop) throws IOException {
    long windows = 0;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".csv")).toList()) {
        try (Stream<String> lines = Files.lines(file)) {
          long rows = lines.filter(line -> !line.isBlank()).count() - 1;
          windows += (rows - size) / hop + 1;
        }
      }
    }
    return windows;
  }
}
