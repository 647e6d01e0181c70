package dev.skerry.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.skerry.inference.testing.Edge;
import dev.skerry.inference.testing.Feed;
import dev.skerry.inference.testing.Guarantee;
import dev.skerry.inference.testing.ReleasedModels;
import dev.skerry.inference.testing.RunningInference;
import dev.skerry.inference.testing.TestModels;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.release.CanaryPolicy;
import dev.skerry.schemas.release.Expectation;
import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.ReleasePublisher;
import dev.skerry.schemas.release.ReleaseRecord;
import dev.skerry.schemas.release.SigningKey;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MODEL = "test-vibration";
  private static final Map<String, Double> SURPRISES =
      Map.of("fault-0", 1.0, "fault-1", 1.0, "fault-2", 1.0, "fault-3", 1.0);

  @TempDir private Path directory;
  private final SigningKey key = SigningKey.generate();
  private Edge edge;
  private Path models;
  private ReleasedModels released;

  @BeforeEach
  void startBroker() throws Exception {
    edge = Edge.start(directory.resolve("broker"));
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
  void shouldSwapUnderLoadAndGoOnWithTheReleaseAfterARestartAndBackWhenItIsRevoked()
      throws Exception {
    Manifest second;
    try (Feed feed = Feed.start(edge, 5)) {
      try (RunningInference inference = start()) {
        await().atMost(PATIENCE).until(() -> inference.count("skerry.inference.records") > 0);
        second = publish(released.classifier("2.0.0", 8));
        awaitStatus(status -> isStep(status, ModelStep.PROMOTED, "2.0.0"));
        awaitRecordsOf(inference, "2.0.0");
        inference.stop();
      }
      try (RunningInference inference = start()) {
        awaitRecordsOf(inference, "2.0.0");
        assertThat(inference.observability().health().statements())
            .containsKey(MODEL + " 2.0.0")
            .doesNotContainKey(MODEL + " 1.0.0");
        released.revoke(second, "a test");
        awaitStatus(
            status ->
                isStep(status, ModelStep.REVOKED, "2.0.0")
                    && status.getChampionVersion() == null
                    && status.getWithdrawnVersions().equals(List.of("2.0.0")));
        awaitRecordsOf(inference, "1.0.0");
        long fed = feed.stop();
        await().atMost(PATIENCE).until(() -> Guarantee.read(edge).answers() >= fed);
        inference.stop();
      }
    }
    Guarantee guarantee = Guarantee.read(edge);
    guarantee.assertHolds();
    assertThat(guarantee.deadLetters()).isEmpty();
    assertThat(guarantee.detections())
        .extracting(Detection::getModelVersion)
        .contains("1.0.0", "2.0.0");
  }

  @Test
  void shouldRefuseWhatMustNotServeWithItsReasonAndGoOn() throws Exception {
    Path cut = released.classifier("7.0.0", 8);
    try (RunningInference inference = start()) {
      try (ReleasedModels stranger = new ReleasedModels(edge, directory, SigningKey.generate());
          ReleasedModels nobody =
              new ReleasedModels(edge, directory, ReleasePublisher.Signer.none())) {
        publish(stranger, released.classifier("2.0.0", 8));
        awaitRefusal("2.0.0", "not among the trusted ones");
        publish(nobody, released.classifier("3.0.0", 8));
        awaitRefusal("3.0.0", "not signed");
      }
      Path shape = released.classifier("4.0.0", 8);
      ReleasedModels.edit(shape, contract -> contract.withObject("/output").put("name", "logits2"));
      publish(shape);
      awaitRefusal("4.0.0", "output.name is logits2");
      Path golden = released.classifier("5.0.0", 8);
      ReleasedModels.edit(
          golden, contract -> ((ArrayNode) contract.at("/golden/0/scores")).set(0, 0.5));
      publish(golden);
      awaitRefusal("5.0.0", "golden sample 0");
      publish(released.classifier("6.0.0", 9));
      awaitStatus(status -> isStep(status, ModelStep.PROMOTED, "6.0.0"));
      publishCutInHalf(cut);
      Path after = released.classifier("8.0.0", 8);
      ReleasedModels.edit(after, contract -> contract.withObject("/output").put("name", "none"));
      publish(after);
      awaitRefusal("8.0.0", "output.name is none");
      inference.stop();
    }
    assertThat(statuses()).noneMatch(status -> status.getModelVersion().equals("7.0.0"));
    try (RunningInference inference = start()) {
      publishTheOtherHalf(cut);
      awaitStatus(status -> isStep(status, ModelStep.PROMOTED, "7.0.0"));
      inference.stop();
    }
  }

  @Test
  void shouldWithdrawCanariesThatDoWorseAndPromoteOneThatDiffersAsAnnounced() throws Exception {
    Expectation likeTheChampion = new Expectation(0.2, Map.of(), 1, 1);
    Expectation quiteDifferent = new Expectation(1, SURPRISES, 1, 1);
    try (Feed feed = Feed.start(edge, 5);
        RunningInference inference = start()) {
      await().atMost(PATIENCE).until(() -> inference.count("skerry.inference.records") > 0);
      tryOut(released.notANumber("2.0.0", 7), likeTheChampion);
      awaitWithdrawal("2.0.0", "errors:");
      tryOut(released.blindToTheFirstClass("3.0.0", 7), quiteDifferentBut("fault-0", 0.1));
      awaitWithdrawal("3.0.0", "disagreement.fault-0:");
      tryOut(released.slow("4.0.0", 7), likeTheChampion);
      awaitWithdrawal("4.0.0", "slowRuns:");
      tryOut(released.classifier("5.0.0", 8), likeTheChampion);
      awaitWithdrawal("5.0.0", "disagreement");
      tryOut(released.classifier("6.0.0", 8), quiteDifferent);
      awaitStatus(status -> isStep(status, ModelStep.PROMOTED, "6.0.0"));
      awaitRecordsOf(inference, "6.0.0");
      long fed = feed.stop();
      await().atMost(PATIENCE).until(() -> Guarantee.read(edge).answers() >= fed);
      inference.stop();
    }
    Guarantee guarantee = Guarantee.read(edge);
    guarantee.assertHolds();
    assertThat(guarantee.deadLetters()).isEmpty();
    assertThat(guarantee.detections())
        .filteredOn(detection -> detection.getRole() == ModelRole.CANARY)
        .extracting(Detection::getModelVersion)
        .containsOnly("2.0.0", "3.0.0", "4.0.0", "5.0.0", "6.0.0");
    assertThat(last(statuses()).getWithdrawnVersions())
        .containsExactly("5.0.0", "4.0.0", "3.0.0", "2.0.0");
    assertThatADamagedFileIsReadAgain("6.0.0");
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
      awaitStatus(
          status ->
              isStep(status, ModelStep.WITHDRAWN, "5.0.0")
                  && status.getReason().contains("it is the model")
                  && "4.0.0".equals(status.getChampionVersion()));
      double before = recordsOf(inference, "4.0.0");
      await().atMost(PATIENCE).until(() -> recordsOf(inference, "4.0.0") > before);
      await().atMost(PATIENCE).until(() -> kept().equals(Set.of("3.0.0", "4.0.0")));
      assertThat(inference.count("skerry.inference.release.steps", "step", "WITHDRAWN"))
          .isEqualTo(1);
      long fed = feed.stop();
      await().atMost(PATIENCE).until(() -> Guarantee.read(edge).answers() >= fed);
      inference.stop();
    }
    Guarantee.read(edge).assertHolds();
  }

  @Test
  void shouldDecideInOneProcessThatAllObeyAndInAnotherWhenItEnds() throws Exception {
    try (Feed feed = Feed.start(edge, 5);
        RunningInference zero = startInstance("0");
        RunningInference one = startInstance("1")) {
      publish(released.classifier("2.0.0", 8));
      awaitRecordsOf(zero, "2.0.0");
      awaitRecordsOf(one, "2.0.0");
      List<ModelStatus> promotions = promotionsOf("2.0.0");
      assertThat(promotions).hasSize(1);
      boolean decidedByZero = promotions.get(0).getDecidedBy().equals("0");
      RunningInference decider = decidedByZero ? zero : one;
      RunningInference other = decidedByZero ? one : zero;
      decider.stop();
      decider.close(); // What stands for the office is given back with everything else.
      publish(released.classifier("3.0.0", 9));
      awaitRecordsOf(other, "3.0.0");
      assertThat(promotionsOf("3.0.0"))
          .extracting(ModelStatus::getDecidedBy)
          .containsExactly(decidedByZero ? "1" : "0");
      long fed = feed.stop();
      await().atMost(PATIENCE).until(() -> Guarantee.read(edge).answers() >= fed);
      other.stop();
    }
    Guarantee.read(edge).assertHolds();
  }

  private RunningInference startInstance(String instance) {
    return start(
        "inference.instance",
        instance,
        "inference.workers",
        "1",
        "inference.releases.directory",
        directory.resolve("releases-" + instance).toString());
  }

  private List<ModelStatus> promotionsOf(String version) {
    return statuses().stream()
        .filter(status -> isStep(status, ModelStep.PROMOTED, version))
        .toList();
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

  private void assertThatADamagedFileIsReadAgain(String version) throws Exception {
    Path file = directory.resolve("releases").resolve(MODEL + "@" + version).resolve("model.onnx");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    try (RunningInference inference = start()) {
      Map<String, String> statements = inference.observability().health().statements();
      assertThat(statements).containsKey(MODEL + " 1.0.0");
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  inference
                      .observability()
                      .health()
                      .statements()
                      .containsKey(MODEL + " " + version));
      assertThat(Files.readAllBytes(file)).isEqualTo(whole);
      inference.stop();
    }
  }

  private static ModelStatus last(List<ModelStatus> statuses) {
    return statuses.get(statuses.size() - 1);
  }

  private static Expectation quiteDifferentBut(String label, double share) {
    Map<String, Double> byLabel = new HashMap<>(SURPRISES);
    byLabel.put(label, share);
    return new Expectation(1, byLabel, 1, 1);
  }

  private void tryOut(Path file, Expectation expected) {
    released.publish(file, new CanaryPolicy(0.3, 0.5, 200, 0.01, 5), expected);
  }

  private void awaitWithdrawal(String version, String reason) {
    awaitStatus(
        status ->
            isStep(status, ModelStep.WITHDRAWN, version) && status.getReason().startsWith(reason));
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

  private void awaitRefusal(String version, String reason) {
    awaitStatus(
        status ->
            isStep(status, ModelStep.REFUSED, version) && status.getReason().contains(reason));
  }

  private void awaitStatus(Predicate<ModelStatus> condition) {
    await().atMost(PATIENCE).until(() -> statuses().stream().anyMatch(condition));
  }

  private static boolean isStep(ModelStatus status, ModelStep step, String version) {
    return status.getStep() == step && status.getModelVersion().equals(version);
  }

  private List<ModelStatus> statuses() {
    SkerryAvroDeserializer<ModelStatus> decoder = new SkerryAvroDeserializer<>(ModelStatus.class);
    return edge.readAll(Topics.MODEL_STATUS).stream()
        .map(record -> decoder.deserialize(record.topic(), record.value()))
        .toList();
  }

  private static void awaitRecordsOf(RunningInference inference, String version) {
    await().atMost(PATIENCE).until(() -> recordsOf(inference, version) > 0);
  }

  private static double recordsOf(RunningInference inference, String version) {
    return inference.count("skerry.inference.records", "version", version);
  }
}
