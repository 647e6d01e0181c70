package dev.skerry.local.site;

import static dev.skerry.local.site.TopicTraffic.count;
import static dev.skerry.local.site.TopicTraffic.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skerry.local.certificate.Authority;
import dev.skerry.local.rescore.RescoredTopic;
import dev.skerry.local.supervise.Supervisor;
import dev.skerry.local.topic.Broker;
import dev.skerry.schemas.access.KafkaUser;
import dev.skerry.schemas.access.KafkaUsers;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.AccessRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two brokers with TLS, certificates and ACLs, and everybody who may or may not do something there.
 */
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecureSiteIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** MirrorMaker asks for a topic at each start that nothing is written to here. */
  private static final List<String> UNUSED =
      List.of("CN=mirror: CREATE TOPIC heartbeats", "CN=mirror-local: CREATE TOPIC heartbeats");

  private static final String SITE = SiteSettings.FIRST_ID;

  @TempDir private static Path dir;
  private static SiteSettings settings;
  private static SecureBrokers brokers;
  private static SecureServices services;
  private static final List<String> said = new CopyOnWriteArrayList<>();
  private static Supervisor processes;
  private static MirrorProcess mirror;

  @BeforeAll
  static void start() throws Exception {
    settings =
        new SiteSettings(
                new SiteFiles(dir.resolve("site")),
                SitePorts.free(),
                new SiteSettings.Source.External(),
                List.of(ShippedModel.VIBRATION.into(dir)))
            .withWarehouse()
            .secured();
    brokers = SecureBrokers.start(settings);
    services = new SecureServices(settings);
    processes = new Supervisor(settings.files().logs(), said::add);
    mirror = new MirrorProcess(settings, brokers, processes);
  }

  @AfterAll
  static void stop() {
    processes.close();
    brokers.close();
  }

  @BeforeEach
  void forget() {
    RecordingAuthorizer.forget();
  }

  @Test
  @Order(1)
  void shouldGiveNothingToWhoHasNoCertificateOrAWrongOne() throws Exception {
    SiteCertificates certificates = settings.brokers().certificates().orElseThrow();
    Path edge = certificates.edge();
    Map<String, String> good = SiteCertificates.client(edge, KafkaUsers.AGGREGATOR);

    assertRefused(Map.of(), TimeoutException.class); // Plain: there is nobody who would answer.
    assertRefused(without(good, "ssl.keystore"), SslAuthenticationException.class);

    Path elsewhere = dir.resolve("elsewhere");
    Authority.in(elsewhere, Authority.Form.KAFKA).issue(KafkaUsers.AGGREGATOR);
    assertRefused(withKey(good, elsewhere), SslAuthenticationException.class);
    assertRefused(withKey(good, certificates.cloud()), SslAuthenticationException.class);

    Path old = Files.createDirectory(dir.resolve("old"));
    for (String file : List.of("ca.pem", "ca.key")) {
      Files.copy(edge.resolve(file), old.resolve(file));
    }
    Instant now = Instant.now();
    Authority.in(old, Authority.Form.KAFKA)
        .issue(KafkaUsers.AGGREGATOR, now.minusSeconds(7200), now.minusSeconds(3600));
    assertRefused(withKey(good, old), SslAuthenticationException.class);

    // Nobody of them came so far as to ask anything.
    assertThat(RecordingAuthorizer.seen()).isSubsetOf("CN=edge-broker", "CN=cloud-broker");
    try (Admin admin = brokers.edge(good).admin()) {
      assertThat(admin.listTopics().names().get()).contains("detections").doesNotContain("labels");
    }
  }

  private static void assertRefused(
      Map<String, String> security, Class<? extends Exception> reason) {
    Broker broker = brokers.edge(security);
    try (Admin admin =
        Admin.create(
            broker.client(
                Map.of("request.timeout.ms", "2000", "default.api.timeout.ms", "3000")))) {
      assertThatThrownBy(() -> admin.listTopics().names().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(reason);
    }
  }

  private static Map<String, String> without(Map<String, String> settings, String prefix) {
    Map<String, String> fewer = new HashMap<>(settings);
    fewer.keySet().removeIf(key -> key.startsWith(prefix));
    return fewer;
  }

  private static Map<String, String> withKey(Map<String, String> settings, Path authority) {
    Map<String, String> other = new HashMap<>(settings);
    other.put(
        "ssl.keystore.location",
        Authority.certificate(authority, KafkaUsers.AGGREGATOR).toString());
    return other;
  }

  @Test
  @Order(2)
  void shouldGiveNothingToAnotherServicesCertificate() throws Exception {
    for (Topic topic :
        List.of(Topics.TELEMETRY, Topics.DETECTIONS, Topics.MODELS, Topics.RETRAINING_SAMPLES)) {
      assertThatThrownBy(() -> write(brokers.edge(KafkaUsers.AGGREGATOR), topic, "forged"))
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
    String mirror = KafkaUsers.siteMirrorName(SITE);
    write(brokers.cloud(mirror), Topics.RETRAINING_SAMPLES, "its own");
    for (Topic topic : List.of(Topics.RETRAINING_SAMPLES, Topics.COMPLETENESS)) {
      assertThatThrownBy(() -> count(brokers.cloud(mirror), topic))
          .isInstanceOf(TopicAuthorizationException.class)
          .hasMessageContaining(topic.name());
    }
    assertThatThrownBy(() -> write(brokers.cloud(mirror), Topics.FLEET_AGGREGATES, "forged"))
        .hasCauseInstanceOf(TopicAuthorizationException.class);
    assertThatThrownBy(() -> write(brokers.cloud(mirror), Topics.MODELS, "forged"))
        .hasCauseInstanceOf(TopicAuthorizationException.class);
    for (String user : List.of(KafkaUsers.GATEWAY, KafkaUsers.OPERATOR, KafkaUsers.MIRROR)) {
      try (Admin admin = brokers.edge(user).admin()) {
        assertThatThrownBy(() -> admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get())
            .hasCauseInstanceOf(ClusterAuthorizationException.class);
        assertThatThrownBy(
                () -> admin.createTopics(List.of(new NewTopic("x", 1, (short) 1))).all().get())
            .hasCauseInstanceOf(TopicAuthorizationException.class);
      }
    }
  }

  /** The services do what they do with exactly their grants, and nobody is refused anything. */
  @Test
  @Order(3)
  void shouldLetEachServiceDoItsWork() throws Exception {
    SiteParts parts = new SiteParts(settings);
    parts.inference();
    parts.aggregator();
    parts.select();
    parts.cloudAggregator();
    assertThat(parts.gateway()).isPresent();
    mirror.ensureStarted();
    processes.start(parts.warehouse().orElseThrow());
    try (RunningPart inference = services.inference();
        RunningPart aggregator = services.aggregator();
        RunningPart select = services.select();
        RunningPart gateway = services.gateway();
        RunningPart inTheCloud = services.cloudAggregator()) {
      services.simulate("3s");
      Broker operator = brokers.edge(KafkaUsers.OPERATOR);
      Broker cloud = brokers.cloud(KafkaUsers.OPERATOR);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .untilAsserted(
              () -> {
                assertThat(count(operator, Topics.DETECTIONS)).isPositive();
                assertThat(count(cloud, Topics.AGGREGATES)).isPositive();
                assertThat(tables()).as(said.toString()).isNotEmpty();
              });
      new CutRelease(cloud, operator, brokers.link())
          .cross(dir.resolve("vibration-faults.onnx"), settings.files().releaseKey());
      assertThat(RecordingAuthorizer.refused()).isSubsetOf(UNUSED);
      assertThat(RecordingAuthorizer.seen())
          .contains(
              "CN=inference-processor",
              "CN=aggregator",
              "CN=retrain-feeder-select",
              "CN=gateway",
              "CN=source",
              "CN=mirror",
              "CN=mirror-local",
              "CN=warehouse");
      inference.stop();
      aggregator.stop();
      select.stop();
      gateway.stop();
      inTheCloud.stop();
      processes.stop(SiteParts.WAREHOUSE);
    }
    services.rescore(dir.resolve("vibration-faults.onnx"), "secure");
    Topic rescored = RescoredTopic.named("rescored-secure").orElseThrow();
    assertThat(count(brokers.edge(KafkaUsers.OPERATOR), rescored)).isPositive();
    assertThat(RecordingAuthorizer.refused()).isSubsetOf(UNUSED);
  }

  /** The tables that the warehouse has committed rows to. */
  private static List<Path> tables() throws IOException {
    Path tables = settings.files().warehouse().resolve("tables");
    if (!Files.isDirectory(tables)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(tables)) {
      return files.filter(file -> file.getFileName().toString().startsWith("snap-")).toList();
    }
  }

  /** Certificates are renewed while the mirror runs: it goes on by itself with the new ones. */
  @Test
  @Order(4)
  void shouldMirrorOnOverARotationOfItsCertificateAndOfTheBrokers() throws Exception {
    Authority authority = cloudAuthority();
    mirror.ensureStarted();
    long before = count(brokers.edge(KafkaUsers.OPERATOR), Topics.DRIFT);
    write(brokers.edge(KafkaUsers.AGGREGATOR), Topics.DRIFT, "one");
    mirror.awaitInTheCloud(before + 1);
    authority.issue(SiteCertificates.CLOUD_BROKER);
    authority.issue(KafkaUsers.siteMirrorName(SITE));
    mirror.reconnect();
    write(brokers.edge(KafkaUsers.AGGREGATOR), Topics.DRIFT, "two");
    mirror.awaitInTheCloud(before + 2);
  }

  /**
   * It waits for the next certificate, or MirrorMaker ends its process over it and the next process
   * waits; whichever comes first, it says why.
   */
  @Test
  @Order(5)
  void shouldSayThatTheMirrorsCertificateRanOutAndGoOnWithTheNext() throws Exception {
    String user = KafkaUsers.siteMirrorName(SITE);
    mirror.ensureStarted();
    write(brokers.edge(KafkaUsers.AGGREGATOR), Topics.DRIFT, "while it is good");
    long before = count(brokers.edge(KafkaUsers.OPERATOR), Topics.DRIFT);
    mirror.awaitInTheCloud(before);
    int saidBefore = said.size();
    Instant end = Instant.now().plusSeconds(2);
    cloudAuthority().issue(user, end.minusSeconds(3600), end);
    await().until(() -> Instant.now().isAfter(end.plusSeconds(1)));
    mirror.reconnect();
    write(brokers.edge(KafkaUsers.AGGREGATOR), Topics.DRIFT, "three");
    String why = "the certificate " + Authority.certificate(cloud(), user) + " that it shows to ";
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class) // While it is started again.
        .untilAsserted(
            () -> {
              assertThat(mirror.log()).contains(why).contains("ran out at ");
              assertThat(mirror.expirySeconds()).isEqualTo((double) end.getEpochSecond());
            });
    assertThat(count(brokers.cloud(KafkaUsers.OPERATOR), Topics.DRIFT)).isEqualTo(before);

    // A process that ends later finds the next certificate, and nothing wrong with it.
    assertThat(said.subList(saidBefore, said.size()))
        .filteredOn(line -> line.startsWith(SiteParts.MIRROR))
        .allSatisfy(line -> assertThat(line).contains("comes back", why, "ran out at "));

    cloudAuthority().issue(user);
    mirror.awaitInTheCloud(before + 1);
    assertThat(mirror.log().lines().filter(line -> line.contains("Failure during poll")))
        .as("of thousands a second")
        .hasSizeLessThan(20);
    processes.stop(SiteParts.MIRROR);
  }

  private static Authority cloudAuthority() {
    return Authority.in(cloud(), Authority.Form.KAFKA);
  }

  private static Path cloud() {
    return settings.brokers().certificates().orElseThrow().cloud();
  }

  /** The users' own words of what is missing, where one grant is. */
  @Test
  @Order(6)
  void shouldSayWhichGrantIsMissing() throws Exception {
    new SiteParts(settings).inference();
    new SiteParts(settings).aggregator();
    new SiteParts(settings).select();
    new SiteParts(settings).gateway();
    Topic detections = Topics.DETECTIONS;
    revoke(KafkaUsers.INFERENCE, ResourceType.TOPIC, detections.name(), AclOperation.WRITE);
    services.simulate("1s");
    assertFails(KafkaUsers.INFERENCE, services::inference, "Write on topic detections");
    revoke(KafkaUsers.INFERENCE, ResourceType.GROUP, "skerry-inference", AclOperation.READ);
    assertFails(KafkaUsers.INFERENCE, services::inference, "Read on group skerry-inference");
    revoke(
        KafkaUsers.INFERENCE,
        ResourceType.TRANSACTIONAL_ID,
        "skerry-inference",
        AclOperation.WRITE);
    assertFails(
        KafkaUsers.INFERENCE, services::inference, "transactionalId skerry-inference*: Write");
    revoke(KafkaUsers.AGGREGATOR, ResourceType.TOPIC, detections.name(), AclOperation.READ);
    assertFails(KafkaUsers.AGGREGATOR, services::aggregator, "Read on topic detections");
    revoke(KafkaUsers.SELECT, ResourceType.TOPIC, "retraining-candidates", AclOperation.READ);
    assertFails(KafkaUsers.SELECT, services::select, "Read on topic retraining-candidates");
    revoke(KafkaUsers.GATEWAY, ResourceType.TOPIC, "dead-letters", AclOperation.WRITE);
    assertFails(KafkaUsers.GATEWAY, services::gateway, "Write on topic dead-letters");
  }

  private static void revoke(
      String user, ResourceType type, String resource, AclOperation operation) throws Exception {
    try (Admin admin = brokers.edge(SiteCertificates.KEEPER).admin()) {
      AclBindingFilter filter =
          new AclBindingFilter(
              new ResourcePatternFilter(type, resource, PatternType.ANY),
              new AccessControlEntryFilter(
                  KafkaUser.principal(user), "*", operation, AclPermissionType.ALLOW));
      assertThat(admin.deleteAcls(List.of(filter)).all().get()).hasSize(1);
    }
  }

  /** A service that can be started. */
  @FunctionalInterface
  private interface Start {
    RunningPart service() throws Exception;
  }

  private static void assertFails(String user, Start start, String message) throws Exception {
    Throwable reason;
    try (RunningPart part = start.service()) {
      reason = part.awaitFailure();
    } catch (RuntimeException e) {
      reason = e;
    }
    assertThat(new AccessRefusal(Optional.of(user)).explain(reason))
        .as("why " + user + " failed: " + reason)
        .hasValueSatisfying(why -> assertThat(why).contains(user).contains(message));
    brokers.grantAll();
  }
}
