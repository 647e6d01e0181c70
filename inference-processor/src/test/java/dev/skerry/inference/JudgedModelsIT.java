package dev.skerry.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.inference.testing.Edge;
import dev.skerry.inference.testing.Feed;
import dev.skerry.inference.testing.Guarantee;
import dev.skerry.inference.testing.ReleasedModels;
import dev.skerry.inference.testing.RunningInference;
import dev.skerry.inference.testing.SiteSteps;
import dev.skerry.inference.testing.TestModels;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.SignedStatement;
import dev.skerry.schemas.release.CanaryPolicy;
import dev.skerry.schemas.release.Expectation;
import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.ReleasePublisher;
import dev.skerry.schemas.release.SigningKey;
import dev.skerry.schemas.release.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a site makes of models that it must not keep, and of one that it must: one after the other,
 * at one site that answers telemetry throughout. It prints what it measured, as docs/releases.md
 * has it.
 */
class JudgedModelsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MODEL = "test-vibration";
  private static final String FOR_OTHERS = "5.9.9";
  private static final long LIKE_THE_CHAMPION = 7;
  private static final long ANOTHER = 8;

  /** Labels that another network of random weights gives are others nearly always. */
  private static final Map<String, Double> SURPRISES =
      Map.of("fault-0", 1.0, "fault-1", 1.0, "fault-2", 1.0, "fault-3", 1.0);

  private static final Expectation NO_SURPRISES = new Expectation(0.2, Map.of(), 1, 1);

  @TempDir private Path directory;
  private final SigningKey key = SigningKey.generate();
  private Edge edge;
  private SiteSteps steps;
  private ReleasedModels publisher;

  @BeforeEach
  void startBroker() throws Exception {
    edge = Edge.start(directory.resolve("broker"));
    steps = new SiteSteps(edge);
    Files.createDirectory(directory.resolve("models"));
    TestModels.classifier(
        directory.resolve("models").resolve("vibration.onnx"), "vibration", 2, 8, 16, 4);
    key.write(directory.resolve("keys"), "release");
    publisher = new ReleasedModels(edge, directory, key);
  }

  @AfterEach
  void stopBroker() {
    publisher.close();
    edge.close();
  }

  /**
   * A model, how it is published, and what the site must make of it.
   *
   * @param what is the matter with it
   * @param reason words of the reason that the site gives
   */
  private record Judged(
      String what, String version, Runnable publication, ModelStep step, String reason) {

    static Judged refused(String what, String version, Runnable publication, String reason) {
      return new Judged(what, version, publication, ModelStep.REFUSED, reason);
    }

    static Judged withdrawn(String what, String version, Runnable publication, String reason) {
      return new Judged(what, version, publication, ModelStep.WITHDRAWN, reason);
    }

    static Judged promoted(String what, String version, Runnable publication, String reason) {
      return new Judged(what, version, publication, ModelStep.PROMOTED, reason);
    }

    boolean isTried() {
      return step != ModelStep.REFUSED;
    }

    String describe(ModelStatus decided, long nanos) {
      Double records = decided.getEvidence().get("records");
      return String.format(
          Locale.ROOT,
          "| %s | %s | %s | %.1f s | %s |",
          what,
          decided.getStep(),
          decided.getReason(),
          nanos / 1e9,
          records == null ? "0" : Long.toString(records.longValue()));
    }
  }

  @Test
  void shouldRefuseOrWithdrawEachWithItsReasonAndLoseNoDetection() throws Exception {
    List<String> report = new ArrayList<>();
    List<Judged> models = models();
    try (Feed feed = Feed.start(edge, 5);
        RunningInference inference = start()) {
      await().atMost(PATIENCE).until(() -> inference.count("skerry.inference.records") > 0);
      for (Judged model : models) {
        long startNanos = System.nanoTime();
        model.publication().run();
        ModelStatus decided = steps.await(model.step(), model.version(), model.reason());
        report.add(model.describe(decided, System.nanoTime() - startNanos));
      }
      long fed = feed.stop();
      await().atMost(PATIENCE).until(() -> edge.answers() >= fed);
      inference.stop();
    }
    report.forEach(System.out::println);
    assertThatNothingIsLostAndEachTriedOneAnsweredAsACanary(models);
    assertThat(steps.all())
        .as("what is for other machines does not concern the site")
        .noneMatch(status -> status.getModelVersion().equals(FOR_OTHERS));
    assertThatADamagedFileIsReadAgain("6.0.0");
  }

  private List<Judged> models() {
    return List.of(
        Judged.refused(
            "a signature that is not its key's",
            "2.0.0",
            () -> publishSignedBy(this::forged, "2.0.0"),
            "its signature is not that of the key"),
        Judged.refused(
            "signed by a stranger",
            "2.0.1",
            () -> publishSignedBy(SigningKey.generate()::sign, "2.0.1"),
            "is not among the trusted ones"),
        Judged.refused(
            "not signed",
            "2.0.2",
            () -> publishSignedBy(ReleasePublisher.Signer.none(), "2.0.2"),
            "it is not signed"),
        Judged.refused(
            "a wrong output shape",
            "3.0.0",
            () -> atOnce(publisher.tooWide("3.0.0", ANOTHER)),
            "has the shape [-1, 4], and the contract asks for [-1, 3]"),
        Judged.refused(
            "golden samples that it does not keep",
            "3.0.1",
            () -> atOnce(changed("3.0.1", JudgedModelsIT::spoilGoldenSample)),
            "golden sample 0 gives"),
        Judged.refused(
            "slower than its latency target",
            "3.0.2",
            () -> atOnce(changed("3.0.2", it -> it.put("latencyTargetMillis", 1e-6))),
            "and its latency target is"),
        Judged.refused(
            "of the version of the site's own model",
            "1.0.0",
            () -> atOnce(publisher.classifier("1.0.0", ANOTHER)),
            "was set up with has that version"),
        Judged.refused(
            "cut in half on its way",
            "4.0.0",
            () -> publishHalf("4.0.0", Half.OF_THE_WHOLE),
            "the SHA-256 of its file is"),
        Judged.refused(
            "cut in half before it was signed",
            "4.0.1",
            () -> publishHalf("4.0.1", Half.OF_ITSELF),
            "is no ONNX model that can be run"),
        Judged.withdrawn(
            "NaN for some inputs",
            "5.0.0",
            () -> tryOut(publisher.notANumber("5.0.0", LIKE_THE_CHAMPION), NO_SURPRISES),
            "errors: "),
        Judged.withdrawn(
            "worse on one class",
            "5.0.1",
            () ->
                tryOut(
                    publisher.blindToTheFirstClass("5.0.1", LIKE_THE_CHAMPION),
                    new Expectation(1, surprisesBut("fault-0", 0.1), 1, 1)),
            "disagreement.fault-0: "),
        Judged.withdrawn(
            "slower than the champion",
            "5.0.2",
            () -> tryOut(publisher.slow("5.0.2", LIKE_THE_CHAMPION), NO_SURPRISES),
            "slowRuns: "),
        Judged.withdrawn(
            "disagrees, and nobody said that it would",
            "5.0.3",
            () -> tryOut(publisher.classifier("5.0.3", ANOTHER), NO_SURPRISES),
            "disagreement"),
        Judged.promoted(
            "disagrees as its gate said",
            "6.0.0",
            () -> {
              publishForOthers();
              tryOut(publisher.classifier("6.0.0", ANOTHER), new Expectation(1, SURPRISES, 1, 1));
            },
            "It keeps all its limits"));
  }

  private void assertThatNothingIsLostAndEachTriedOneAnsweredAsACanary(List<Judged> models) {
    Guarantee guarantee = Guarantee.read(edge);
    guarantee.assertHolds();
    assertThat(guarantee.deadLetters()).isEmpty();
    assertThat(guarantee.detections())
        .filteredOn(detection -> detection.getRole() == ModelRole.CANARY)
        .extracting(Detection::getModelVersion)
        .hasSameElementsAs(models.stream().filter(Judged::isTried).map(Judged::version).toList());
    List<ModelStatus> said = steps.all();
    assertThat(said.get(said.size() - 1).getWithdrawnVersions())
        .containsExactly("5.0.3", "5.0.2", "5.0.1", "5.0.0");
  }

  private void assertThatADamagedFileIsReadAgain(String version) throws Exception {
    Path file = directory.resolve("releases").resolve(MODEL + "@" + version).resolve("model.onnx");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    try (RunningInference inference = start()) {
      assertThat(serving(inference)).contains(MODEL + " 1.0.0");
      await().atMost(PATIENCE).until(() -> serving(inference).contains(MODEL + " " + version));
      assertThat(Files.readAllBytes(file)).isEqualTo(whole);
      inference.stop();
    }
  }

  private static Set<String> serving(RunningInference inference) {
    return inference.observability().health().statements().keySet();
  }

  private RunningInference start() {
    return RunningInference.start(
        edge,
        directory.resolve("models"),
        "inference.releases.directory",
        directory.resolve("releases").toString(),
        "inference.releases.trusted-keys",
        directory.resolve("keys").toString());
  }

  private void atOnce(Path file) {
    publisher.publish(file, ReleasedModels.AT_ONCE, Expectation.DEFAULT);
  }

  private void tryOut(Path file, Expectation expected) {
    publisher.publish(file, new CanaryPolicy(0.3, 0.5, 200, 0.01, 5), expected);
  }

  private void publishSignedBy(ReleasePublisher.Signer signer, String version) {
    try (ReleasedModels other = new ReleasedModels(edge, directory, signer)) {
      other.publish(
          other.classifier(version, ANOTHER), ReleasedModels.AT_ONCE, Expectation.DEFAULT);
    }
  }

  /** Somebody else's signature under the name of the key. */
  private SignedStatement forged(Statement statement) {
    SignedStatement signed = SigningKey.generate().sign(statement);
    signed.setKeyId(key.id());
    return signed;
  }

  private Path changed(String version, Consumer<ObjectNode> change) {
    Path file = publisher.classifier(version, ANOTHER);
    ReleasedModels.edit(file, change);
    return file;
  }

  private static void spoilGoldenSample(ObjectNode contract) {
    ((ArrayNode) contract.at("/golden/0/scores")).set(0, 0.5);
  }

  /** For machines of another class, and newer than all but the last. */
  private void publishForOthers() {
    Path file = publisher.classifier(FOR_OTHERS, ANOTHER);
    Manifest manifest =
        publisher.manifest(file, ReleasedModels.AT_ONCE, Expectation.DEFAULT, List.of("jetson"));
    publisher.publish(manifest, file);
  }

  /** Whose hash the manifest of half a file has. */
  private enum Half {
    OF_THE_WHOLE,
    OF_ITSELF
  }

  private void publishHalf(String version, Half hash) {
    Path file = publisher.classifier(version, ANOTHER);
    Manifest whole = publisher.manifest(file, ReleasedModels.AT_ONCE, Expectation.DEFAULT);
    try {
      byte[] bytes = Files.readAllBytes(file);
      byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
      Files.write(file, half);
      publisher.publish(
          new Manifest(
              whole.model(),
              whole.version(),
              whole.stream(),
              whole.issuedAtMillis(),
              hash == Half.OF_ITSELF ? sha256(half) : whole.sha256(),
              half.length,
              whole.chunkBytes(),
              whole.contract(),
              whole.hardware(),
              whole.canary(),
              whole.expected()),
          file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Map<String, Double> surprisesBut(String label, double share) {
    Map<String, Double> byLabel = new HashMap<>(SURPRISES);
    byLabel.put(label, share);
    return byLabel;
  }
}
