package dev.skerry.retrain.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.retrain.gate.GateReport.ClassResult;
import dev.skerry.retrain.gate.GateReport.Judged;
import dev.skerry.retrain.gate.HeldBack.Labelled;
import dev.skerry.retrain.gate.HeldBack.Origin;
import dev.skerry.retrain.train.Progress;
import dev.skerry.retrain.train.SyntheticTelemetry;
import dev.skerry.retrain.train.data.Window;
import dev.skerry.retrain.train.graph.ModelFile;
import dev.skerry.retrain.train.vibration.VibrationTraining;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Reference;
import dev.skerry.schemas.model.Thresholds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {

  private static final List<String> ALL = VibrationTraining.LABELS;
  private static final List<String> FOUR = ALL.subList(0, 4);
  private static final GateRules RULES =
      new GateRules(0.005, 0.02, 0.5, 5, 1_000, List.of(), Duration.ofSeconds(20));
  private static final Judged JUDGED = new Judged("vibration", 3, "ab", 100, 100, 10);

  @TempDir static Path dir;

  @SuppressWarnings("NullAway.Init")
  private static Path champion;

  @SuppressWarnings("NullAway.Init")
  private static Path better;

  @SuppressWarnings("NullAway.Init")
  private static Path worseOnOne;

  @SuppressWarnings("NullAway.Init")
  private static HeldBack heldBack;

  @BeforeAll
  static void train() throws IOException {
    List<Telemetry> training = SyntheticTelemetry.vibration("train-", 30, 10, 1);
    champion = model("champion", "1.0.0", of(training, FOUR), FOUR);
    better = model("better", "1.1.0", training, ALL);
    worseOnOne =
        model(
            "worse",
            "1.2.0",
            withMostOfTheUnbalanceCalledNormal(SyntheticTelemetry.vibration("train-", 30, 10, 1)),
            ALL);
    List<Labelled> windows = new ArrayList<>();
    for (Telemetry telemetry : SyntheticTelemetry.vibration("other-", 20, 10, 2)) {
      Window window = Window.of(telemetry);
      windows.add(new Labelled(window.deviceId(), label(telemetry), Origin.AUDIT, window.values()));
    }
    heldBack = new HeldBack(windows);
  }

  @Test
  void shouldPassACandidateThatKnowsMoreAndForgetsNothing() throws Exception {
    GateReport report = judge(RULES, champion, better);
    assertThat(report.failures()).isEmpty();
    assertThat(report.passed()).isTrue();
    ClassResult fault = result(report, "bearing-inner");
    assertThat(fault.isNew()).isTrue();
    assertThat(fault.championRecall()).isZero();
    assertThat(fault.candidateRecall()).isGreaterThan(0.9);
    assertThat(report.candidate().balancedAccuracy())
        .isGreaterThan(report.champion().balancedAccuracy() + 0.1);
  }

  @Test
  void shouldNotPassACandidateThatIsWorseOnOneClassHoweverMuchBetterItIsOnTheWhole()
      throws Exception {
    GateReport report = judge(RULES, champion, worseOnOne);
    assertThat(report.candidate().balancedAccuracy())
        .as("it is better on the whole")
        .isGreaterThan(report.champion().balancedAccuracy() + RULES.minGain());
    assertThat(report.passed()).isFalse();
    assertThat(report.failures()).singleElement().asString().contains("worse on unbalance");
  }

  @Test
  void shouldNotPassTheChampionItselfNorOneThatForgotAClass() throws Exception {
    assertThat(judge(RULES, champion, champion).failures())
        .singleElement()
        .asString()
        .contains("it is no better");
    assertThat(judge(RULES, better, champion).failures())
        .anySatisfy(failure -> assertThat(failure).contains("does not know bearing-inner"));
  }

  @Test
  void shouldNotPassAClassOfWhichTooLittleWasHeldBack() throws Exception {
    GateRules strict = new GateRules(0, 0.02, 0.5, 100, 1_000, List.of(), Duration.ofSeconds(20));
    assertThat(judge(strict, champion, better).failures())
        .anySatisfy(failure -> assertThat(failure).contains("100 are needed to judge by"));
  }

  @Test
  void shouldAskTheCheckOfTheTargetsLimits() throws Exception {
    GateRules failing = withCheck("echo 700 MiB of 512; exit 1");
    assertThat(judge(failing, champion, better).failures())
        .singleElement()
        .asString()
        .isEqualTo("it does not keep the target's limits: 700 MiB of 512");
    GateReport passed = judge(withCheck("echo fine"), champion, better);
    assertThat(passed.passed()).isTrue();
    assertThat(passed.check()).isEqualTo("fine\n");
  }

  @Test
  void shouldAnnounceHowMuchTheTwoDiffer() throws Exception {
    GateReport report = judge(RULES, champion, better);
    long different =
        report.classes().stream().filter(ClassResult::isNew).mapToLong(ClassResult::won).sum();
    assertThat(report.expected().disagreement())
        .isBetween((double) different / heldBack.windows().size(), 1.0);
  }

  @Test
  void shouldWriteAReportThatCanBeReadAgainAndAPage(@TempDir Path to) throws Exception {
    GateReport report = judge(RULES, champion, worseOnOne);
    report.write(to);
    assertThat(GateReport.read(to.resolve(GateReport.FILE))).isEqualTo(report);
    assertThat(Files.readString(to.resolve("report.html")))
        .contains("<svg", "bearing-inner (new)", "does not pass", "worse on unbalance")
        .doesNotContain("%s", "%d");
  }

  @Test
  void shouldJudgeModelsOfFrames() throws Exception {
    byte[] surface = Files.readAllBytes(Path.of("../models/surface/surface-defects.onnx"));
    ModelContract contract = ModelFile.contract(surface);
    Path good = Files.write(dir.resolve("surface.onnx"), surface);
    Path mixedUp =
        Files.write(
            dir.resolve("mixed-up.onnx"),
            ModelFile.withContract(surface, withLabelsInAnotherOrder(contract)));
    List<Labelled> frames = new ArrayList<>();
    for (GoldenSample sample : contract.golden()) {
      frames.add(frame(sample, contract.labels()));
    }
    GateRules rules = new GateRules(0.005, 0.02, 1, 1, 1_000, List.of(), Duration.ofSeconds(20));
    GateReport report = new Gate(rules).judge(new HeldBack(frames), JUDGED, mixedUp, good);
    assertThat(report.failures()).isEmpty();
    assertThat(report.champion().accuracy()).isZero();
    assertThat(report.candidate().accuracy()).isEqualTo(1);
    assertThatThrownBy(() -> new Gate(rules).judge(heldBack, JUDGED, mixedUp, good))
        .isInstanceOf(GateException.class)
        .hasMessageContaining("is not of the shape that both take");
    Labelled broken = new Labelled("cam-1", "dent", Origin.AUDIT, new float[0], new byte[] {1, 2});
    assertThatThrownBy(
            () -> new Gate(rules).judge(new HeldBack(List.of(broken)), JUDGED, mixedUp, good))
        .isInstanceOf(GateException.class)
        .hasMessage("A held-back frame of cam-1 is no image");
  }

  private static Labelled frame(GoldenSample sample, List<String> labels) {
    float highest = Collections.max(sample.scores());
    return new Labelled(
        "cam-1",
        labels.get(sample.scores().indexOf(highest)),
        Origin.AUDIT,
        new float[0],
        sample.imageBytes());
  }

  private static ModelContract withLabelsInAnotherOrder(ModelContract contract) {
    List<String> labels = new ArrayList<>(contract.labels());
    Collections.rotate(labels, 1);
    return new ModelContract(
        contract.name(),
        "0.9.0",
        contract.stream(),
        contract.task(),
        contract.input(),
        contract.output(),
        labels,
        contract.thresholds(),
        contract.golden());
  }

  @Test
  void shouldTakeTheFormInEightBitsOnlyWhereItAnswersAsTheOneInFull(@TempDir Path to)
      throws Exception {
    Path full = Files.write(to.resolve("candidate.onnx"), larger(Files.readAllBytes(better)));
    Path int8 = to.resolve("candidate.int8.onnx");
    Gate gate = new Gate(RULES);
    assertThat(gate.judge(heldBack, JUDGED, champion, full, int8).int8())
        .as("there is none")
        .isNull();

    Files.copy(better, int8);
    GateReport taken = gate.judge(heldBack, JUDGED, champion, full, int8);
    assertThat(int8Of(taken).taken()).as(int8Of(taken).failures().toString()).isTrue();
    assertThat(taken.candidate().bytes()).isEqualTo(Files.size(better));
    assertThat(int8Of(taken).full().bytes()).isEqualTo(Files.size(full));
    assertThat(int8Of(taken).classes()).hasSize(ALL.size());

    Files.write(int8, Files.readAllBytes(worseOnOne));
    GateReport refused = gate.judge(heldBack, JUDGED, champion, full, int8);
    assertThat(refused.passed()).as("the one in full passes all the same").isTrue();
    assertThat(refused.candidate().bytes()).isEqualTo(Files.size(full));
    assertThat(int8Of(refused).taken()).isFalse();
    assertThat(int8Of(refused).failures())
        .anySatisfy(failure -> assertThat(failure).contains("of unbalance it loses"));
    refused.write(to);
    assertThat(GateReport.read(to.resolve(GateReport.FILE))).isEqualTo(refused);
    assertThat(Files.readString(to.resolve("report.html")))
        .contains("In eight bits", "Not taken: ", "of unbalance it loses")
        .doesNotContain("%s", "%d");

    Files.writeString(int8, "no model");
    assertThat(int8Of(gate.judge(heldBack, JUDGED, champion, full, int8)).failures())
        .singleElement()
        .asString()
        .contains("candidate.int8.onnx");
  }

  private static GateReport.Int8 int8Of(GateReport report) {
    return Objects.requireNonNull(report.int8());
  }

  /** The same model with more in its contract. */
  private static byte[] larger(byte[] model) {
    return ModelFile.withReference(model, new Reference(List.of(), List.of()));
  }

  @Test
  void shouldNameAFileThatIsNoModel() throws IOException {
    Path nonsense = Files.writeString(dir.resolve("nonsense.onnx"), "no model");
    assertThatThrownBy(() -> judge(RULES, champion, nonsense))
        .isInstanceOf(GateException.class)
        .hasMessageContaining("nonsense.onnx");
  }

  private static GateRules withCheck(String script) {
    return new GateRules(
        0.005, 0.02, 0.5, 5, 1_000, List.of("sh", "-c", script), Duration.ofSeconds(20));
  }

  private static GateReport judge(GateRules rules, Path one, Path other)
      throws InterruptedException {
    return new Gate(rules).judge(heldBack, JUDGED, one, other);
  }

  private static ClassResult result(GateReport report, String label) {
    return report.classes().stream()
        .filter(result -> result.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  private static Path model(
      String name, String version, List<Telemetry> training, List<String> labels)
      throws IOException {
    return Files.write(
        dir.resolve(name + ".onnx"),
        new VibrationTraining(1, version, 10, labels, new Thresholds(0.6f, null))
            .train(
                training,
                of(SyntheticTelemetry.vibration("held-", 5, 5, 4), labels),
                Progress.SILENT)
            .onnx());
  }

  private static List<Telemetry> of(List<Telemetry> data, List<String> labels) {
    return data.stream().filter(telemetry -> labels.contains(label(telemetry))).toList();
  }

  private static List<Telemetry> withMostOfTheUnbalanceCalledNormal(List<Telemetry> data) {
    data.stream()
        .filter(telemetry -> label(telemetry).equals("unbalance") && telemetry.getSequence() > 1)
        .forEach(telemetry -> telemetry.setAttributes(Map.of("label.fault", "normal")));
    return data;
  }

  private static String label(Telemetry telemetry) {
    return String.valueOf(telemetry.getAttributes().get("label.fault"));
  }
}
