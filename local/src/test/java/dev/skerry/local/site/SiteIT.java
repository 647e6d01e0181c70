package dev.skerry.local.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skerry.local.audit.AnswerReport;
import dev.skerry.local.link.LinkCondition;
import dev.skerry.local.link.LinkFile;
import dev.skerry.local.topic.Broker;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.local.watch.Snapshot;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole site, each part a process of its own, on the simulated fleet: secure, the second time
 * with overflow, and in the end plain. With {@code -Dsite.count=3} so many of them share the cloud
 * after the restart.
 */
class SiteIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SITES = Integer.getInteger("site.count", 1);

  /** No record is read as soon as it is written. */
  private static final Duration ALWAYS_BEHIND = Duration.ofMillis(1);

  @TempDir Path dir;

  @Test
  void shouldWorkAndRestartWithNoCloudEverReachedAndWithoutOne() throws Exception {
    LinkFile link = new SiteFiles(dir).link();
    link.write(new LinkCondition.Cut());
    try (Site site = start(settings().secured())) {
      awaitDetections(site, 50);
      assertRegistryKnowsTheIdOfTelemetry(site);
      assertTakesTelemetryOverHttp(site);
      assertThatThrownBy(() -> start(settings().secured()))
          .isInstanceOf(SiteRefusedException.class);
      assertThat(addsUp(site).mirrored())
          .isInstanceOfSatisfying(
              MirrorCheck.Cut.class, cut -> assertThat(cut.waiting()).isPositive());
    }
    try (Sites again = startAll()) {
      again.all().forEach(site -> awaitDetections(site, 50));
      // What overflowed waits for the link with everything else.
      await().atMost(PATIENCE).until(() -> again.first().latest().overflow() > 0);
      link.write(new LinkCondition.Open());
      new LiveMetrics(new SiteFiles(dir)).awaitAllThatAreListed(PATIENCE);
      Map<String, RunReport> reports = again.drain(PATIENCE);
      assertThat(reports).hasSize(SITES);
      assertThat(reports.values())
          .allSatisfy(SiteIT::assertAddsUp)
          .allSatisfy(
              report -> assertThat(report.mirrored()).isInstanceOf(MirrorCheck.Compared.class));
      assertThat(reports.values())
          .allSatisfy(report -> assertThat(report.answers().overflowed()).isPositive());
      Site first = again.first();
      assertThat(reports.get(first.id()))
          .extracting(RunReport::overflow, InstanceOfAssertFactories.optional(AnswerReport.class))
          .hasValueSatisfying(
              inTheCloud -> {
                assertThat(inTheCloud.detections()).isPositive();
                assertThat(inTheCloud.addsUp()).as(inTheCloud.toString()).isTrue();
              });
      assertThat(pictures(first.edge(), Side.EDGE)).isPositive();
      assertThat(pictures(first.cloud().orElseThrow(), Side.CLOUD)).as("by default").isZero();
    }
    try (Site alone = start(settings(withoutDevices()).withoutCloud())) {
      awaitDetections(alone, 50);
      assertThat(alone.cloud()).isEmpty();
      assertThat(alone.supervisor().pids())
          .doesNotContainKeys(SiteParts.CLOUD_BROKER, SiteParts.MIRROR, SiteParts.CLOUD_AGGREGATOR);
      assertThatThrownBy(() -> SiteStatus.read(new SiteFiles(dir)).orElseThrow().requireCloud())
          .isInstanceOf(SiteRefusedException.class)
          .hasMessageContaining("no cloud");
      assertThat(addsUp(alone).mirrored()).isInstanceOf(MirrorCheck.NoCloud.class);
    }
  }

  /** Records of any topic on one side in which there is an encoded picture, whatever holds it. */
  private static long pictures(Broker broker, Side side) {
    AtomicLong pictures = new AtomicLong();
    try (TopicReader reader = new TopicReader(broker)) {
      List<String> topics = Topics.at(side).stream().map(Topic::name).toList();
      reader.readToEnd(
          reader.beginnings(reader.partitions(topics)),
          record -> {
            byte[] value = record.value() == null ? new byte[0] : record.value();
            String text = new String(value, StandardCharsets.ISO_8859_1);
            boolean isPicture = text.contains("JFIF\0") || text.contains("\u0089PNG\r\n");
            pictures.addAndGet(isPicture ? 1 : 0);
          });
    }
    return pictures.get();
  }

  private static void assertRegistryKnowsTheIdOfTelemetry(Site site) throws Exception {
    URI version =
        URI.create(site.registry().orElseThrow() + "/subjects/telemetry-value/versions/1");
    try (InputStream answer = version.toURL().openStream()) {
      assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"id\":1000001");
    }
  }

  /** What a device has that somebody issued a certificate to. */
  private SSLContext device(String name) {
    SiteCertificates certificates = SiteCertificates.of(new SiteFiles(dir));
    assertThat(certificates.issueDevice(name)).hasSize(3);
    try (DefaultSslEngineFactory tls = new DefaultSslEngineFactory()) {
      Path directory = certificates.devices();
      tls.configure(
          new ConfigDef()
              .withClientSslSupport()
              .parse(
                  Map.of(
                      "ssl.keystore.type", "PEM",
                      "ssl.keystore.key", read(directory, name + ".key"),
                      "ssl.keystore.certificate.chain", read(directory, name + ".pem"),
                      "ssl.truststore.type", "PEM",
                      "ssl.truststore.certificates", read(directory, "ca.pem"))));
      return tls.sslContext();
    }
  }

  private static String read(Path directory, String file) {
    try {
      return Files.readString(directory.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertTakesTelemetryOverHttp(Site site) {
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
    HttpClient client = HttpClient.newBuilder().sslContext(device("pump-7")).build();
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(ConnectException.class)
        .until(
            () -> client.send(request, HttpResponse.BodyHandlers.ofString()).body(),
            body -> body.contains("\"status\":\"stored\""));
  }

  private static RunReport addsUp(Site site) throws InterruptedException {
    RunReport report = site.drain(PATIENCE);
    assertAddsUp(report);
    return report;
  }

  private static void assertAddsUp(RunReport report) {
    assertThat(report.addsUp()).as(report.describe()).isTrue();
    assertThat(report.answers().detections()).isGreaterThanOrEqualTo(50);
    assertThat(report.answers().frames()).isPositive();
  }

  private Sites startAll() throws InterruptedException, IOException {
    SiteOverflow overflow = new SiteOverflow(0.5, List.of("vibration"), ALWAYS_BEHIND);
    return Sites.start(
        settings().secured().withOverflow(overflow),
        SITES,
        System.out::println,
        (site, before, now) -> {});
  }

  private static Site start(SiteSettings settings) throws InterruptedException {
    return Site.start(settings, System.out::println, (before, now) -> {});
  }

  private SiteSettings settings() throws IOException {
    return settings(SitePorts.free());
  }

  private static SitePorts withoutDevices() {
    Map<SitePort, Integer> numbers = new EnumMap<>(SitePorts.free().numbers());
    numbers.put(SitePort.HTTP, 0);
    numbers.put(SitePort.MQTT, 0);
    return new SitePorts(numbers);
  }

  private SiteSettings settings(SitePorts ports) {
    return new SiteSettings(
        new SiteFiles(dir),
        ports,
        new SiteSettings.Source.Simulated(
            List.of("--interval", "200ms", "--cameras", "2", "--frame-rate", "2")),
        shippedModels());
  }

  private List<Path> shippedModels() {
    Path models = dir.resolve("models");
    return List.of(ShippedModel.VIBRATION.into(models), ShippedModel.SURFACE.into(models));
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
