package dev.skerry.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.inference.testing.Edge;
import dev.skerry.inference.testing.Feed;
import dev.skerry.inference.testing.Guarantee;
import dev.skerry.inference.testing.ReleasedModels;
import dev.skerry.inference.testing.RunningInference;
import dev.skerry.inference.testing.SiteSteps;
import dev.skerry.inference.testing.TestModels;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.release.CanaryPolicy;
import dev.skerry.schemas.release.Expectation;
import dev.skerry.schemas.release.KeyRevocation;
import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.ReleaseRecord;
import dev.skerry.schemas.release.SigningKey;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MODEL = "test-vibration";

  @TempDir private Path directory;
  private final SigningKey key = SigningKey.generate();
  private Edge edge;
  private Path models;
  private ReleasedModels released;
  private SiteSteps steps;

  @BeforeEach
  void startBroker() throws Exception {
    edge = Edge.start(directory.resolve("broker"));
    steps = new SiteSteps(edge);
    models = Files.createDirectory(directory.resolve("models"));
    TestModels.classifier(models.resolve("vibration.onnx"), "vibration", 2, 8, 16, 4);
    key.write(directory.resolve("keys"), "release");
    released = new ReleasedModels(edge, directory, key);
  }

  @AfterEach
  void stopBroker() {
    released.close();
    edge.close();
  }

  @Test
  void shouldSwapUnderLoadAndGoOnAfterARestartWithTheReleaseAndWithOneThatHadComeInPart()
      throws Exception {
    Path cut = released.classifier("3.0.0", 9);
    try (Feed feed = Feed.start(edge, 5)) {
      try (RunningInference inference = start()) {
        await().atMost(PATIENCE).until(() -> inference.count("skerry.inference.records") > 0);
        publish(released.classifier("2.0.0", 8));
        steps.await(ModelStep.PROMOTED, "2.0.0");
        awaitRecordsOf(inference, "2.0.0");
        publishCutInHalf(cut);
        publish(released.tooWide("4.0.0", 8)); // Once it is refused, what stood before it is read.
        steps.await(ModelStep.REFUSED, "4.0.0");
        inference.stop();
      }
      assertThat(steps.all()).noneMatch(status -> status.getModelVersion().equals("3.0.0"));
      try (RunningInference inference = start()) {
        awaitRecordsOf(inference, "2.0.0");
        assertThat(inference.observability().health().statements())
            .containsKey(MODEL + " 2.0.0")
            .doesNotContainKey(MODEL + " 1.0.0");
        publishTheOtherHalf(cut);
        steps.await(ModelStep.PROMOTED, "3.0.0");
        awaitRecordsOf(inference, "3.0.0");
        long fed = feed.stop();
        await().atMost(PATIENCE).until(() -> edge.answers() >= fed);
        inference.stop();
      }
    }
    Guarantee guarantee = Guarantee.read(edge);
    guarantee.assertHolds();
    assertThat(guarantee.deadLetters()).isEmpty();
    assertThat(guarantee.detections())
        .extracting(Detection::getModelVersion)
        .contains("1.0.0", "2.0.0", "3.0.0");
  }

  @Test
  void shouldTakeBackWhatIsRevokedAndFollowItsKeysWhileItRuns() throws Exception {
    SigningKey next = SigningKey.generate();
    try (RunningInference inference = start();
        ReleasedModels successor = new ReleasedModels(edge, directory, next)) {
      publish(successor, released.classifier("2.0.0", 8));
      steps.await(ModelStep.REFUSED, "2.0.0", "not among the trusted ones");
      next.write(directory.resolve("keys"), "next");
      steps.await(ModelStep.PROMOTED, "2.0.0");
      Manifest third = publish(released.classifier("3.0.0", 9));
      steps.await(ModelStep.PROMOTED, "3.0.0");
      released.revoke(third, "a test");
      assertThat(steps.await(ModelStep.REVOKED, "3.0.0", "a test").getChampionVersion())
          .isEqualTo("2.0.0");
      Files.delete(directory.resolve("keys").resolve("next.pub"));
      ModelStatus untrusted = steps.await(ModelStep.REVOKED, "2.0.0", next.id());
      assertThat(untrusted.getChampionVersion()).isNull();
      assertThat(untrusted.getWithdrawnVersions()).containsExactly("2.0.0", "3.0.0");
      publish(released.classifier("4.0.0", 8));
      steps.await(ModelStep.PROMOTED, "4.0.0");
      inference.stop();
    }
    released.state(new KeyRevocation(key.id(), 1, "stolen"));
    next.write(directory.resolve("keys"), "again");
    try (RunningInference inference = start()) {
      assertThat(steps.await(ModelStep.REVOKED, "4.0.0", key.id()).getChampionVersion()).isNull();
      await().atMost(PATIENCE).until(() -> kept().isEmpty());
      inference.stop();
    }
  }

  @Test
  void shouldGoBackFromAChampionThatBreaksWhileItServesAndKeepNoFilesOfNoUse() throws Exception {
    try (Feed feed = Feed.start(edge, 5);
        RunningInference inference = start("inference.releases.keep-former", "1")) {
      await().atMost(PATIENCE).until(() -> inference.count("skerry.inference.records") > 0);
      for (String version : List.of("2.0.0", "3.0.0", "4.0.0")) {
        publish(released.classifier(version, 8));
        awaitRecordsOf(inference, version);
      }
      await().atMost(PATIENCE).until(() -> kept().equals(Set.of("3.0.0", "4.0.0")));
      publish(released.brokenAtTheSite("5.0.0", 8));
      assertThat(steps.await(ModelStep.WITHDRAWN, "5.0.0", "it is the model").getChampionVersion())
          .isEqualTo("4.0.0");
      double before = recordsOf(inference, "4.0.0");
      await().atMost(PATIENCE).until(() -> recordsOf(inference, "4.0.0") > before);
      await().atMost(PATIENCE).until(() -> kept().equals(Set.of("3.0.0", "4.0.0")));
      assertThat(inference.count("skerry.inference.release.steps", "step", "WITHDRAWN"))
          .isEqualTo(1);
      long fed = feed.stop();
      await().atMost(PATIENCE).until(() -> edge.answers() >= fed);
      inference.stop();
    }
    Guarantee.read(edge).assertHolds();
  }

  @Test
  void shouldDecideInOneProcessByWhatAllHaveSeenAndInAnotherWhenItEnds() throws Exception {
    try (Feed feed = Feed.start(edge, 5);
        RunningInference blind = startInstance("0", Topics.TELEMETRY_FRAMES)) {
      publish(released.classifier("2.0.0", 7));
      steps.await(ModelStep.PROMOTED, "2.0.0");
      try (RunningInference other = startInstance("1", Topics.TELEMETRY)) {
        awaitRecordsOf(other, "2.0.0");
        released.publish(
            released.classifier("3.0.0", 7),
            new CanaryPolicy(0.3, 0.5, 200, 0.01, 5),
            new Expectation(0.2, Map.of(), 1, 1));
        ModelStatus tried = steps.await(ModelStep.PROMOTED, "3.0.0", "It keeps all its limits");
        assertThat(tried.getDecidedBy()).as("who has seen no telemetry").isEqualTo("0");
        awaitRecordsOf(other, "3.0.0");
        RunningInference decider = blind;
        decider.stop();
        decider.close(); // What stands for the office is given back with everything else.
        publish(released.classifier("4.0.0", 9));
        awaitRecordsOf(other, "4.0.0");
        assertThat(steps.all(ModelStep.PROMOTED, "4.0.0"))
            .extracting(ModelStatus::getDecidedBy)
            .containsExactly("1");
        long fed = feed.stop();
        await().atMost(PATIENCE).until(() -> edge.answers() >= fed);
        other.stop();
      }
    }
    Guarantee.read(edge).assertHolds();
  }

  private RunningInference startInstance(String instance, Topic topic) {
    return start(
        "inference.topics",
        topic.name(),
        "inference.instance",
        instance,
        "inference.workers",
        "1",
        "inference.releases.directory",
        directory.resolve("releases-" + instance).toString());
  }

  /** The versions whose files are on disk. */
  private Set<String> kept() throws Exception {
    try (Stream<Path> entries = Files.list(directory.resolve("releases"))) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName().toString().substring(MODEL.length() + 1))
          .collect(Collectors.toSet());
    }
  }

  /** The last chunk does not come, though all sites are to take the release. */
  private void publishCutInHalf(Path file) throws Exception {
    Manifest manifest = inTwo(file);
    released.state(manifest);
    publishChunk(manifest, file, 1);
    released.state(released.everywhere(manifest));
  }

  private void publishTheOtherHalf(Path file) throws Exception {
    publishChunk(inTwo(file), file, 2);
  }

  private void publishChunk(Manifest manifest, Path file, int number) throws Exception {
    ByteBuffer half =
        ByteBuffer.wrap(Files.readAllBytes(file))
            .slice((int) manifest.offset(number), manifest.length(number));
    released.producer().send(new ReleaseRecord.Writer().chunk(manifest, number, half)).get();
  }

  private Manifest inTwo(Path file) {
    Manifest manifest = released.manifest(file, ReleasedModels.AT_ONCE, Expectation.DEFAULT);
    return new Manifest(
        manifest.model(),
        manifest.version(),
        manifest.stream(),
        manifest.issuedAtMillis(),
        manifest.sha256(),
        manifest.sizeBytes(),
        (int) ((manifest.sizeBytes() + 1) / 2),
        manifest.contract(),
        manifest.hardware(),
        manifest.canary(),
        manifest.expected());
  }

  private Manifest publish(Path file) {
    return publish(released, file);
  }

  private static Manifest publish(ReleasedModels publisher, Path file) {
    return publisher.publish(file, ReleasedModels.AT_ONCE, Expectation.DEFAULT);
  }

  private RunningInference start(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "inference.releases.directory",
                directory.resolve("releases").toString(),
                "inference.releases.trusted-keys",
                directory.resolve("keys").toString()));
    settings.addAll(List.of(more));
    return RunningInference.start(edge, models, settings.toArray(String[]::new));
  }

  private static void awaitRecordsOf(RunningInference inference, String version) {
    await().atMost(PATIENCE).until(() -> recordsOf(inference, version) > 0);
  }

  private static double recordsOf(RunningInference inference, String version) {
    return inference.count("skerry.inference.records", "version", version);
  }
}
