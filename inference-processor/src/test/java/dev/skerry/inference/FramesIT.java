package dev.skerry.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.inference.frame.SomeImages;
import dev.skerry.inference.model.OfflineScorer;
import dev.skerry.inference.testing.Edge;
import dev.skerry.inference.testing.FrameModels;
import dev.skerry.inference.testing.Guarantee;
import dev.skerry.inference.testing.NaiveBoxes;
import dev.skerry.inference.testing.Records;
import dev.skerry.inference.testing.ReleasedModels;
import dev.skerry.inference.testing.RunningInference;
import dev.skerry.inference.testing.SiteSteps;
import dev.skerry.inference.testing.TaskModels;
import dev.skerry.inference.testing.TestModels;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.model.BoxFormat;
import dev.skerry.schemas.model.GoldenSample.GoldenBox;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.release.CanaryPolicy;
import dev.skerry.schemas.release.Expectation;
import dev.skerry.schemas.release.ReleaseId;
import dev.skerry.schemas.release.SigningKey;
import dev.skerry.schemas.release.StableShare;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Topic;
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
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames on their own topic, from a camera's bytes to answers. */
class FramesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int EDGE = 128;
  private static final int CAMERAS = 12;
  private static final CanaryPolicy CANARY = new CanaryPolicy(0.5, 0.5, 60, 0.2, 20);

  private static final AtomicInteger TESTS = new AtomicInteger();

  @TempDir private static Path brokerDirectory;
  private static Edge edge;

  @TempDir private Path directory;
  private final List<Telemetry> sent = new ArrayList<>();
  private final String group = "group-" + TESTS.getAndIncrement();
  private Path models;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void startBroker() throws Exception {
    edge = Edge.start(brokerDirectory);
  }

  @BeforeEach
  void open() throws Exception {
    models = Files.createDirectory(directory.resolve("models"));
    producer = edge.producer();
  }

  @AfterEach
  void empty() throws Exception {
    producer.close();
    edge.empty();
  }

  @AfterAll
  static void stopBroker() {
    edge.close();
  }

  private RunningInference start(String... more) {
    List<String> settings = new ArrayList<>(List.of(more));
    settings.addAll(List.of("inference.group", group, "inference.frames.group", group + "-frames"));
    return RunningInference.start(edge, models, settings.toArray(String[]::new));
  }

  @Test
  void shouldAnswerFramesAndReadingsEachOnceWithTheScoresOfThePlainSession() throws Exception {
    Files.copy(FrameModels.SURFACE, models.resolve("surface.onnx"));
    TestModels.classifier(models.resolve("vibration.onnx"), "vibration", 2, 8, 16, 4);
    Random random = new Random(1);
    try (RunningInference inference = start()) {
      for (int i = 0; i < 60; i++) {
        byte[] image = i % 2 == 0 ? SomeImages.jpeg(EDGE, EDGE) : SomeImages.png(EDGE, EDGE);
        frame("camera-" + i % 5, "surface", i, image, EDGE, EDGE);
        send(Topics.TELEMETRY, Records.readings("machine-" + i % 5, "vibration", i, 2, 8, random));
      }
      frame("camera-odd", "surface", 1, SomeImages.jpeg(200, 90), 640, 480);
      frame("camera-cut", "surface", 1, Arrays.copyOf(SomeImages.jpeg(9, 9), 300), 9, 9);
      frame("camera-huge", "surface", 1, SomeImages.pngWithRows(5000, 5000, 0), 5000, 5000);
      send(Topics.TELEMETRY_FRAMES, Records.readings("wrong", "surface", 1, 2, 8, random));
      awaitAnswers(124);
      inference.stop();
      assertThat(inference.count("skerry.inference.frames.misdeclared")).isEqualTo(1);
    }

    Guarantee answers = Guarantee.read(edge);
    assertThat(answers.detections())
        .hasSize(121)
        .extracting(Detection::getSource)
        .doesNotHaveDuplicates();
    assertThat(answers.deadLetters())
        .extracting(FramesIT::keyAndReason)
        .containsExactlyInAnyOrder(
            "camera-cut UNDECODABLE", "camera-huge INVALID", "wrong WRONG_SHAPE");
    assertOrderAndScores(answers.detections());
  }

  private void assertOrderAndScores(List<Detection> detections) throws Exception {
    Map<String, Long> lastSequence = new HashMap<>();
    float[] jpeg = FrameModels.surfaceScores(SomeImages.jpeg(EDGE, EDGE));
    float[] png = FrameModels.surfaceScores(SomeImages.png(EDGE, EDGE));
    List<String> labels = List.of("ok", "scratch", "dent", "stain", "crack");
    for (Detection detection : detections) {
      Long before = lastSequence.put(detection.getDeviceId(), detection.getSequence());
      assertThat(before == null || before < detection.getSequence()).isTrue();
      if (detection.getDeviceId().matches("camera-\\d")) {
        float[] expected = detection.getSequence() % 2 == 0 ? jpeg : png;
        for (int i = 0; i < expected.length; i++) {
          assertThat(detection.getScores().get(labels.get(i)))
              .isCloseTo(expected[i], within(1e-5f));
        }
      }
    }
  }

  @Test
  void shouldPassTheLargestFrameAsDetectionCandidateAndDeadLetter() throws Exception {
    FrameModels.doubting(models.resolve("doubting.onnx"), "surface");
    int room = Topics.MAX_TELEMETRY_BYTES - 1_000;
    byte[] whole = Arrays.copyOf(SomeImages.jpeg(64, 64), room); // What follows its end is padding.
    byte[] broken = new byte[room];
    try (RunningInference inference = start()) {
      for (int i = 0; i < 10; i++) {
        frame("camera", "surface", i, whole, 64, 64);
      }
      frame("camera", "surface", 10, broken, 64, 64);
      awaitAnswers(11);
      inference.stop();
    }
    Guarantee answers = Guarantee.read(edge);
    assertThat(answers.detections()).hasSize(10).allMatch(Detection::getLowConfidence);
    SkerryAvroDeserializer<RetrainingSample> sample =
        new SkerryAvroDeserializer<>(RetrainingSample.class);
    await().until(() -> edge.readAll(Topics.RETRAINING_CANDIDATES).size() >= 10);
    assertThat(edge.readAll(Topics.RETRAINING_CANDIDATES))
        .hasSize(10)
        .allSatisfy(
            record -> {
              Telemetry telemetry =
                  sample.deserialize(record.topic(), record.value()).getTelemetry();
              assertThat(((Frame) telemetry.getPayload()).getData())
                  .isEqualTo(ByteBuffer.wrap(whole));
            });
    DeadLetter letter = answers.deadLetters().get(0);
    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.UNDECODABLE);
    assertThat(requireNonNull(letter.getOriginalValue()))
        .isEqualTo(ByteBuffer.wrap(Records.encode(sent.get(10))));
  }

  @Test
  void shouldFindBoxesWhereTheyAreInTheFrameAsItCame() throws Exception {
    TaskModels.DetectorKind kind =
        new TaskModels.DetectorKind(
            BoxFormat.Layout.ATTRIBUTES_FIRST,
            false,
            false,
            BoxFormat.Format.CXCYWH,
            BoxFormat.Coordinates.PIXELS);
    ModelContract contract = TaskModels.detector(models.resolve("boxes.onnx"), "boxes", kind);
    int frameEdge = 3 * TaskModels.FRAME_HEIGHT;
    byte[] image = SomeImages.png(frameEdge, frameEdge);
    try (RunningInference inference = start()) {
      frame("camera", "boxes", 1, image, frameEdge, frameEdge);
      awaitAnswers(1);
      inference.stop();
    }
    List<GoldenBox> expected;
    try (OfflineScorer scorer = new OfflineScorer(models.resolve("boxes.onnx"))) {
      float[] output = scorer.output(letterboxedThirds());
      expected = NaiveBoxes.find(contract, output, frameEdge, frameEdge);
    }
    assertThat(expected).isNotEmpty();
    Detection detection = Guarantee.read(edge).detections().get(0);
    assertThat(detection.getBoxes()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(detection.getBoxes().get(i).getX()).isCloseTo(expected.get(i).x(), within(1e-4f));
      assertThat(detection.getBoxes().get(i).getWidth())
          .isCloseTo(expected.get(i).width(), within(1e-4f));
    }
    assertThat(detection.getLabel()).isEqualTo(expected.get(0).label());
  }

  /** The same loop, decoding and batches: of readings all else is tried in ReleasesIT. */
  @Test
  void shouldTryACanaryOnTheFramesOfAStableShareOfTheCameras() throws Exception {
    Path base = Files.copy(FrameModels.SURFACE, models.resolve("surface.onnx"));
    SigningKey key = SigningKey.generate();
    key.write(directory.resolve("keys"), "release");
    try (ReleasedModels publisher = new ReleasedModels(edge, directory, key);
        RunningInference inference =
            start(
                "inference.releases.directory",
                directory.resolve("releases").toString(),
                "inference.releases.trusted-keys",
                directory.resolve("keys").toString())) {
      tryOut(publisher, publisher.changed(base, "2.0.0", FramesIT::mixUpLabels));
      awaitStep(inference, "WITHDRAWN");
      tryOut(publisher, publisher.changed(base, "3.0.0", contract -> {}));
      awaitStep(inference, "PROMOTED");
      frame("camera-0", "surface", sent.size(), SomeImages.jpeg(EDGE, EDGE), EDGE, EDGE);
      awaitAnswers(sent.size());
      inference.stop();
    }
    SiteSteps steps = new SiteSteps(edge);
    assertThat(steps.all(ModelStep.WITHDRAWN, "2.0.0"))
        .singleElement()
        .extracting(ModelStatus::getReason)
        .asString()
        .startsWith("disagreement");
    Guarantee answers = Guarantee.read(edge);
    assertThat(answers.detections())
        .hasSize(sent.size())
        .extracting(Detection::getSource)
        .doesNotHaveDuplicates();
    for (String version : List.of("2.0.0", "3.0.0")) {
      assertThatCanaryAnsweredItsCamerasAlone(answers.detections(), version);
    }
    assertThat(edge.readAll(Topics.SHADOW_SCORES)).isNotEmpty();
  }

  private static void assertThatCanaryAnsweredItsCamerasAlone(
      List<Detection> detections, String version) {
    long salt = StableShare.salt(new ReleaseId("surface-defects", version));
    assertThat(detections)
        .filteredOn(detection -> detection.getModelVersion().equals(version))
        .filteredOn(detection -> detection.getRole() == ModelRole.CANARY)
        .isNotEmpty()
        .allMatch(
            detection -> StableShare.of(detection.getDeviceId(), salt) < CANARY.deviceShare());
  }

  private static void mixUpLabels(ObjectNode contract) {
    ArrayNode labels = contract.withArray("labels");
    labels.add(labels.remove(0));
  }

  private static void tryOut(ReleasedModels publisher, Path file) {
    publisher.publish(file, CANARY, new Expectation(0.3, Map.of(), 1, 1));
  }

  /** Cameras go on until the site has decided. */
  private void awaitStep(RunningInference inference, String step) {
    byte[] image = SomeImages.jpeg(EDGE, EDGE);
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              for (int camera = 0; camera < CAMERAS; camera++) {
                frame("camera-" + camera, "surface", sent.size(), image, EDGE, EDGE);
              }
              producer.flush();
              return inference.count("skerry.inference.release.steps", "step", step) > 0;
            });
  }

  /** A third of the edge: each pixel of the input lies on the centre of one of the frame. */
  private static float[] letterboxedThirds() {
    int height = TaskModels.FRAME_HEIGHT;
    int bar = (TaskModels.FRAME_WIDTH - height) / 2;
    float[] tensor = new float[TaskModels.FRAME_WIDTH * height];
    Arrays.fill(tensor, 114 / 255f);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < height; x++) {
        tensor[y * TaskModels.FRAME_WIDTH + bar + x] =
            SomeImages.luminance(3 * x + 1, 3 * y + 1) / 255f;
      }
    }
    return tensor;
  }

  private void frame(
      String device, String stream, long sequence, byte[] image, int width, int height) {
    send(Topics.TELEMETRY_FRAMES, Records.frame(device, stream, sequence, image, width, height));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What is not written is missed by the counts.
  private void send(Topic topic, Telemetry telemetry) {
    sent.add(telemetry);
    producer.send(
        new ProducerRecord<>(
            topic.name(), telemetry.getDeviceId().getBytes(UTF_8), Records.encode(telemetry)));
  }

  private void awaitAnswers(int count) {
    producer.flush();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> edge.answers() >= count);
  }

  private static String keyAndReason(DeadLetter letter) {
    return UTF_8.decode(requireNonNull(letter.getOriginalKey())) + " " + letter.getReason();
  }
}
