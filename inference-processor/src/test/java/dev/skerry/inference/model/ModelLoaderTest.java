package dev.skerry.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.inference.provider.Provider;
import dev.skerry.inference.testing.ContractModels;
import dev.skerry.inference.testing.FrameModels;
import dev.skerry.inference.testing.TaskModels;
import dev.skerry.inference.testing.TestModels;
import dev.skerry.schemas.model.BoxFormat;
import dev.skerry.schemas.model.BoxFormat.Layout;
import dev.skerry.schemas.model.ModelContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLoaderTest {

  private final ModelLoader loader = new ModelLoader(new SessionSettings(1));
  private Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile(@TempDir Path temporary) {
    directory = temporary;
    file = directory.resolve("model.onnx");
  }

  @Test
  void shouldServeAModelThatKeepsItsContract() {
    ModelContract contract = TestModels.classifier(file, "vibration", 2, 8, 16, 4);
    try (ServedModel model = loader.load(file)) {
      assertThat(model.contract()).isEqualTo(contract);
      assertThat(model.provider()).isEqualTo(Provider.CPU);
      assertThat(GoldenCheck.problem(model)).isEmpty();
    }
  }

  @Test
  void shouldNameTheFileThatIsNotThere() {
    assertRefused("does not exist or cannot be read");
  }

  @Test
  void shouldRefuseAFileThatIsNoModel() throws Exception {
    Files.writeString(file, "not a model");
    assertRefused("is no ONNX model that can be run");
  }

  @Test
  void shouldRefuseAModelWithoutAContract() {
    ContractModels.withoutContract(file);
    assertRefused("its metadata has no skerry.contract");
  }

  @Test
  void shouldRefuseAnInputOfAnotherName() {
    ContractModels.anomaly(file, graph -> graph.inputName("x"));
    assertRefused("input.name is readings, and the graph has [x]");
  }

  @Test
  void shouldRefuseAnInputOfAnotherShapeNamingBoth() {
    ContractModels.anomaly(file, graph -> graph.inputShape(-1, 2, 9));
    assertRefused("readings has the shape [-1, 2, 9], and the contract asks for [-1, 2, 8]");
  }

  @Test
  void shouldRefuseABatchOfFixedSize() {
    ContractModels.anomaly(file, graph -> graph.inputShape(1, 2, 8));
    assertRefused("the first dimension is the batch and must be free");
  }

  @Test
  void shouldRefuseAnOutputOfAnotherName() {
    ContractModels.anomaly(file, graph -> graph.outputName("loss"));
    assertRefused("output.name is score, and the graph has [loss]");
  }

  @Test
  void shouldServeTheOutputThatTheContractNamesOfSeveral() {
    ContractModels.anomaly(file, graph -> graph.extraOutput("label"));
    loader.load(file).close(); // Its golden sample was scored.
  }

  @Test
  void shouldNameAllOutputsWhereTheOneThatTheContractNamesDoesNotFit() {
    ContractModels.anomaly(file, graph -> graph.extraOutput("label").outputName("loss"));
    assertRefused("output.name is score, and the graph has [label, loss]");
    ContractModels.anomaly(file, graph -> graph.extraOutput("score").outputName("loss"));
    assertRefused("score has the shape [-1, 16], and the contract asks for [-1, 1]");
    assertRefused("the graph's outputs are [score, loss]");
  }

  @Test
  void shouldRefuseAGraphOfBytesForAContractOfFloatsAndTheOtherWayRound() throws Exception {
    Files.copy(FrameModels.SURFACE, file);
    ContractModels.replaceContract(file, withElement("uint8", "float"));
    assertRefused("the graph's input frames must be a tensor of FLOAT, and is one of UINT8");

    FrameModels.doubting(file, "surface");
    ContractModels.replaceContract(file, withElement("float", "uint8"));
    assertRefused("the graph's input x must be a tensor of UINT8, and is one of FLOAT");
  }

  private ModelContract withElement(String before, String after) {
    try (OfflineScorer scorer = new OfflineScorer(file)) {
      String json = scorer.contract().toJson();
      String field = "\"element\":\"%s\"";
      assertThat(json).contains(field.formatted(before));
      return ModelContract.fromJson(json.replace(field.formatted(before), field.formatted(after)));
    }
  }

  @Test
  void shouldRefuseADetectorWhoseBoxesLieTheOtherWayRound() {
    TaskModels.detector(file, "boxes", detector(Layout.ATTRIBUTES_FIRST, false));
    Path other = directory.resolve("other.onnx");
    ContractModels.replaceContract(
        file, TaskModels.detector(other, "boxes", detector(Layout.ANCHORS_FIRST, false)));
    assertRefused("output y has the shape [-1, 6, 40], and the contract asks for [-1, 40, 6]");
  }

  @Test
  void shouldRefuseADetectorWithOtherAttributesThanItsContractHas() {
    TaskModels.detector(file, "boxes", detector(Layout.ANCHORS_FIRST, true));
    Path other = directory.resolve("other.onnx");
    ContractModels.replaceContract(
        file, TaskModels.detector(other, "boxes", detector(Layout.ANCHORS_FIRST, false)));
    assertRefused("output y has the shape [-1, 40, 7], and the contract asks for [-1, 40, 6]");
  }

  private static TaskModels.DetectorKind detector(Layout layout, boolean objectness) {
    return new TaskModels.DetectorKind(
        layout, objectness, false, BoxFormat.Format.CXCYWH, BoxFormat.Coordinates.PIXELS);
  }

  @Test
  void shouldRefuseScoresThatAreNotTheGoldenOnes() {
    ContractModels.anomaly(file, graph -> graph.goldenScore(0.25f + 2e-4f));
    assertRefused("golden sample 0 gives 0.25 as score 0, and the contract promises 0.2502");
  }

  @Test
  void shouldAcceptScoresWithinTheTolerance() {
    ContractModels.anomaly(file, graph -> graph.goldenScore(0.25f + 5e-5f));
    loader.load(file).close();
  }

  @Test
  void shouldRefuseTwoModelsForOneStream() {
    TestModels.anomaly(directory.resolve("a.onnx"), "pump", 1, 2);
    TestModels.anomaly(directory.resolve("b.onnx"), "pump", 1, 2);
    assertThatThrownBy(() -> Models.load(List.of(directory), loader))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("a.onnx")
        .hasMessageContaining("b.onnx")
        .hasMessageContaining("both answer the stream pump");
  }

  @Test
  void shouldRefuseADirectoryWithoutModels() {
    assertThatThrownBy(() -> Models.load(List.of(directory), loader))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("holds no .onnx file");
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> loader.load(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("model.onnx")
        .hasMessageContaining(reason);
  }
}
