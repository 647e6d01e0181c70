package dev.skerry.local.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skerry.local.link.LinkCondition;
import dev.skerry.local.link.LinkFile;
import dev.skerry.local.watch.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole site, each part a process of its own, on the simulated fleet. */
class SiteIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path dir;

  @Test
  void shouldRefuseASecondSiteAndGoOnAfterARestartWithTheLinkCut() throws Exception {
    try (Site site = start()) {
      awaitDetections(site, 50);
      assertRegistryKnowsTheIdOfTelemetry(site);
      assertTakesTelemetryOverHttp(site);
      assertThatThrownBy(this::start).isInstanceOf(SiteRefusedException.class);
      assertAddsUp(site);
    }
    LinkFile link = new SiteFiles(dir).link();
    link.write(new LinkCondition.Cut());
    try (Site again = start()) {
      awaitDetections(again, 50);
      link.write(new LinkCondition.Open());
      assertAddsUp(again);
    }
  }

  private static void assertRegistryKnowsTheIdOfTelemetry(Site site) throws Exception {
    URI version = URI.create(site.registry() + "/subjects/telemetry-value/versions/1");
    try (InputStream answer = version.toURL().openStream()) {
      assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"id\":1000001");
    }
  }

  private static void assertTakesTelemetryOverHttp(Site site) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(site.http().orElseThrow() + "/v1/telemetry"))
            .header("content-type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"deviceId": "pump-7", "stream": "pump", "sequence": 1,
                     "readings": {"values": [[0.31, 0.32], [32.1, 32.0]]}}
                    """))
            .build();
    HttpClient client = HttpClient.newHttpClient();
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(ConnectException.class)
        .until(
            () -> client.send(request, HttpResponse.BodyHandlers.ofString()).body(),
            body -> body.contains("\"status\":\"stored\""));
  }

  private static void assertAddsUp(Site site) throws InterruptedException {
    RunReport report = site.drain(PATIENCE);
    assertThat(report.addsUp()).as(report.describe()).isTrue();
    assertThat(report.answers().detections()).isGreaterThanOrEqualTo(50);
    assertThat(report.answers().frames()).isPositive();
  }

  private Site start() throws InterruptedException, IOException {
    return Site.start(
        new SiteSettings(
            new SiteFiles(dir),
            SitePorts.free(),
            new SiteSettings.Source.Simulated(
                List.of("--interval", "200ms", "--cameras", "2", "--frame-rate", "5")),
            shippedModels()),
        System.out::println,
        (before, now) -> {});
  }

  private Path shippedModels() throws IOException {
    Path models = Files.createDirectories(dir.resolve("models"));
    for (String name : List.of("vibration/vibration-faults.onnx", "surface/surface-defects.onnx")) {
      try (InputStream model = getClass().getResourceAsStream("/models/" + name)) {
        assertThat(model).as(name).isNotNull();
        Files.copy(
            model,
            models.resolve(name.substring(name.indexOf('/') + 1)),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return models;
  }

  private static void awaitDetections(Site site, long detections) {
    Snapshot seen =
        await()
            .atMost(PATIENCE)
            .until(
                site::latest,
                latest ->
                    latest.detections() >= detections
                        && latest.frames() > 0
                        && latest.byLabel().containsKey("ok"));
    assertThat(seen.p50Millis()).isPositive();
    assertThat(site.failure()).isNotDone();
  }
}
