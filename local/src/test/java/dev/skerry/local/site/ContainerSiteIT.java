package dev.skerry.local.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skerry.local.mirror.LinkUse;
import dev.skerry.local.mirror.MirrorPlan;
import dev.skerry.local.mirror.RunningMirror;
import dev.skerry.local.topic.Broker;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.access.KafkaUsers;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * The site's two brokers as containers of Kafka's own image, with TLS and ACLs, and a link between
 * them whose packets are dropped. Skipped, and said so, without Docker or the image; never with
 * REQUIRE_DOCKER=1. How long packets are dropped: {@code -Dskerry.container.drop=PT40S}.
 */
@Timeout(240)
class ContainerSiteIT {

  private static final Logger log = LoggerFactory.getLogger(ContainerSiteIT.class);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration DROP =
      Duration.parse(System.getProperty("skerry.container.drop", "PT3S"));

  private static final String TOPIC = Topics.DRIFT.name();

  /** One key, and so one partition and one order. */
  private static final byte[] LINE = "line".getBytes(UTF_8);

  private static final String REAPER = "testcontainers/ryuk";

  @TempDir private static Path dir;
  private static final List<ContainerBroker> containers = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // No test runs without them.
  private static SiteSettings settings;

  @SuppressWarnings("NullAway.Init")
  private static ContainerBroker cloud;

  private static Optional<String> missing = Optional.empty();

  @BeforeAll
  static void start() throws Exception {
    missing = missing();
    if (missing.isPresent()) {
      return;
    }
    settings =
        new SiteSettings(
                new SiteFiles(dir.resolve("site")),
                SitePorts.free(),
                new SiteSettings.Source.External(),
                List.of(ShippedModel.VIBRATION.into(dir)))
            .secured();
    settings.files().create();
    SiteAccess.prepare(settings);
    SiteCertificates certificates = settings.brokers().certificates().orElseThrow();
    ContainerBroker edge =
        started(certificates.edge(), SiteCertificates.EDGE_BROKER, port(SitePort.EDGE));
    cloud =
        started(
            certificates.cloud(),
            SiteCertificates.CLOUD_BROKER,
            port(SitePort.CLOUD),
            port(SitePort.LINK));
    try (Admin admin = edge.awaitAnswer(edge(SiteCertificates.KEEPER))) {
      SiteAccess.openTheEdge(settings, admin);
    }
    try (Admin admin = cloud.awaitAnswer(cloud(SiteCertificates.KEEPER))) {
      SiteAccess.openTheCloud(settings, admin);
    }
  }

  private static ContainerBroker started(Path authority, String name, int... ports)
      throws IOException {
    ContainerBroker broker = ContainerBroker.start(authority, name, ports);
    containers.add(broker);
    return broker;
  }

  @AfterAll
  static void stop() {
    containers.forEach(ContainerBroker::close);
  }

  /** Each test says so, or it would not be counted. */
  @BeforeEach
  void requireDocker() {
    missing.ifPresent(
        reason -> {
          log.warn(reason);
          Assumptions.abort(reason);
        });
  }

  private static Optional<String> missing() throws InterruptedException {
    if ("1".equals(System.getenv("REQUIRE_DOCKER"))) {
      assertThat(DockerClientFactory.instance().isDockerAvailable())
          .as("REQUIRE_DOCKER=1 is set, so a Docker engine must answer")
          .isTrue();
      return Optional.empty();
    }
    return hasImage(ContainerBroker.IMAGE) && (hasImage(REAPER) || reaperIsDisabled())
        ? Optional.empty()
        : Optional.of(
            "SKIPPED: no Docker engine answers that has "
                + ContainerBroker.IMAGE
                + " (REQUIRE_DOCKER=1 pulls it, and fails where it cannot)");
  }

  /** Asked of Docker itself: Testcontainers would try for minutes to pull what cannot be pulled. */
  private static boolean hasImage(String image) throws InterruptedException {
    try {
      Process docker =
          new ProcessBuilder("docker", "image", "ls", "--quiet", image)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean found = docker.getInputStream().read() >= 0;
      return docker.waitFor() == 0 && found;
    } catch (IOException e) {
      return false; // There is no docker to ask.
    }
  }

  private static boolean reaperIsDisabled() {
    return "true".equals(System.getenv("TESTCONTAINERS_RYUK_DISABLED"));
  }

  @Test
  void shouldAnswerEveryRecordOnceAsAUserWithItsOwnCertificate() throws Exception {
    SiteParts parts = new SiteParts(settings);
    parts.inference();
    parts.aggregator();
    SecureServices services = new SecureServices(settings);
    Broker operator = edge(KafkaUsers.OPERATOR);
    try (RunningPart inference = services.inference();
        RunningPart aggregator = services.aggregator()) {
      services.simulate("2s");
      long telemetry = TopicTraffic.count(operator, Topics.TELEMETRY);
      assertThat(telemetry).isPositive();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .untilAsserted(
              () -> {
                assertThat(TopicTraffic.count(operator, Topics.DETECTIONS)).isEqualTo(telemetry);
                assertThat(TopicTraffic.count(operator, Topics.AGGREGATES)).isPositive();
              });
      inference.stop();
      aggregator.stop();
    }
  }

  @Test
  void shouldGiveNothingToWhoHasNoCertificate() {
    Map<String, String> nameless =
        Map.of(
            "security.protocol", "SSL",
            "ssl.truststore.type", "PEM",
            "ssl.truststore.location",
                edge(KafkaUsers.GATEWAY).security().getOrDefault("ssl.truststore.location", ""));
    assertFails(
        new Broker(edge(KafkaUsers.GATEWAY).address(), nameless), SslAuthenticationException.class);
    assertFails(Broker.plain(edge(KafkaUsers.GATEWAY).address()), TimeoutException.class);
  }

  private static void assertFails(Broker broker, Class<? extends Exception> reason) {
    try (Admin admin =
        Admin.create(
            broker.client(
                Map.of("request.timeout.ms", "2000", "default.api.timeout.ms", "3000")))) {
      assertThatThrownBy(() -> admin.listTopics().names().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(reason);
    }
  }

  @Test
  void shouldBringEveryRecordOnceAndInOrderOverALinkThatDroppedPackets() throws Exception {
    Broker throughTheLink = settings.brokers().throughTheLink();
    RunningMirror mirror = RunningMirror.start(urgent(throughTheLink));
    try {
      write(0, 50);
      awaitInTheCloud(50);
      DroppedPackets dropped = cloud.drop(port(SitePort.LINK));
      try {
        long until = System.nanoTime() + DROP.toNanos();
        // Nobody comes through, and nobody is told.
        assertFails(throughTheLink, TimeoutException.class);
        write(50, 100);
        await().atMost(DROP.plus(PATIENCE)).until(() -> System.nanoTime() - until >= 0);
        assertThat(values()).hasSize(50);
      } finally {
        dropped.end();
      }
      write(100, 120);
      awaitInTheCloud(120);
    } finally {
      mirror.stop();
    }
  }

  /** One flow of the site's mirror is enough here. */
  private static MirrorPlan urgent(Broker throughTheLink) {
    MirrorPlan plan =
        MirrorPlan.of(
            settings.brokers().alias(), edge(KafkaUsers.MIRROR), throughTheLink, LinkUse.STANDARD);
    return new MirrorPlan(
        plan.edge(),
        plan.cloud(),
        plan.flows().stream().filter(flow -> flow.topicNames().contains(TOPIC)).toList());
  }

  private static void write(int from, int to) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            edge(KafkaUsers.AGGREGATOR).client(Map.of()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = from; i < to; i++) {
        byte[] value = Integer.toString(i).getBytes(UTF_8);
        producer.send(new ProducerRecord<>(TOPIC, LINE, value)).get(30, TimeUnit.SECONDS);
      }
    }
  }

  private static void awaitInTheCloud(int records) {
    List<String> wanted = IntStream.range(0, records).mapToObj(Integer::toString).toList();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(values()).isEqualTo(wanted));
  }

  private static List<String> values() {
    List<String> values = new ArrayList<>();
    try (TopicReader reader = new TopicReader(cloud(KafkaUsers.OPERATOR))) {
      reader.readToEnd(
          reader.beginnings(reader.partitions(List.of(TOPIC))),
          record -> {
            if (Arrays.equals(record.key(), LINE)) {
              values.add(new String(record.value(), UTF_8));
            }
          });
    }
    return values;
  }

  private static int port(SitePort port) {
    return settings.ports().number(port);
  }

  private static Broker edge(String user) {
    return settings.brokers().edge(user);
  }

  private static Broker cloud(String user) {
    return settings.brokers().cloud(user).orElseThrow();
  }
}
