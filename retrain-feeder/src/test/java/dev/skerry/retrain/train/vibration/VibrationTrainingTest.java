package dev.skerry.retrain.train.vibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.skerry.retrain.train.Progress;
import dev.skerry.retrain.train.SyntheticTelemetry;
import dev.skerry.retrain.train.data.TrainingDataException;
import dev.skerry.retrain.train.data.Window;
import dev.skerry.retrain.train.graph.GraphSession;
import dev.skerry.retrain.train.graph.ModelFile;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.ModelContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VibrationTrainingTest {

  private static final List<Telemetry> TRAINING = SyntheticTelemetry.vibration("train-", 30, 10, 1);
  private static final List<Telemetry> HELD_OUT = SyntheticTelemetry.vibration("other-", 10, 10, 2);

  @SuppressWarnings("NullAway.Init")
  private static TrainedClassifier trained;

  @BeforeAll
  static void train() {
    trained = train(3);
  }

  @Test
  void shouldNamePlainFaultsOnMachinesItHasNotSeen() {
    assertThat(trained.judgement().confusion().accuracy()).isGreaterThan(0.9);
    assertThat(trained.judgement().windows()).isEqualTo(100);
    assertThat(trained.trainingDevices()).isEqualTo(30);
  }

  @Test
  void shouldGiveTheSameBytesForTheSameSeed() {
    assertThat(train(3).onnx()).isEqualTo(trained.onnx());
    assertThat(train(4).onnx()).isNotEqualTo(trained.onnx());
  }

  @Test
  void shouldScoreAWindowAloneAsInABatch() {
    List<float[]> windows = HELD_OUT.stream().map(r -> Window.of(r).values()).toList();
    try (GraphSession session = session()) {
      float[][] together = session.run(windows);
      for (int row = 0; row < windows.size(); row++) {
        float[] alone = session.run(List.of(windows.get(row)))[0];
        assertThat(alone).containsExactly(together[row], within(1e-5f));
      }
    }
  }

  @Test
  void shouldCarryAContractWhoseGoldenSamplesHold() {
    ModelContract contract = ModelFile.contract(trained.onnx());
    assertThat(contract.labels()).isEqualTo(VibrationTraining.LABELS);
    assertThat(contract.golden()).hasSize(5);
    try (GraphSession session = session()) {
      for (GoldenSample sample : contract.golden()) {
        float[] scores = session.run(List.of(floats(sample.values())))[0];
        assertThat(scores).containsExactly(floats(sample.scores()), within(1e-6f));
      }
    }
  }

  @Test
  void shouldGiveProbabilitiesEvenForWindowsUnlikeAnythingItWasTrainedOn() {
    float[] silence = new float[3 * 1024];
    float[] huge = new float[3 * 1024];
    Arrays.fill(huge, 1e6f);
    try (GraphSession session = session()) {
      for (float[] scores : session.run(List.of(silence, huge))) {
        double sum = 0;
        for (float score : scores) {
          assertThat(score).isBetween(0f, 1f);
          sum += score;
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
      }
    }
  }

  @Test
  void shouldWriteAModelAndItsCard(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("new").resolve("model.onnx");
    trained.write(file, "Waves.", "train it");
    assertThat(Files.readAllBytes(file)).isEqualTo(trained.onnx());
    assertThat(Files.readString(file.resolveSibling("CARD.md")))
        .contains("| truth \\ answer |", "bearing-inner", "Waves.", "    train it");
  }

  @Test
  void shouldRefuseToJudgeByDevicesItWasTrainedOn() {
    VibrationTraining training = new VibrationTraining(1, "1", 1, VibrationTraining.LABELS);
    assertThatThrownBy(() -> training.train(TRAINING, TRAINING, Progress.SILENT))
        .isInstanceOf(TrainingDataException.class)
        .hasMessageContaining("30 devices of the held-out data are also in the training data");
  }

  @Test
  void shouldNameTheRecordWithoutALabelAndTheMissingClass() {
    VibrationTraining training = new VibrationTraining(1, "1", 1, VibrationTraining.LABELS);
    Telemetry bare = SyntheticTelemetry.record("m-1", 7, 3, new float[3 * 1024], Map.of());
    assertThatThrownBy(() -> training.train(List.of(bare), HELD_OUT, Progress.SILENT))
        .isInstanceOf(TrainingDataException.class)
        .hasMessageContaining("Record 7 of m-1 has nothing in the attribute label.fault");
    List<Telemetry> oneClass = new ArrayList<>(TRAINING);
    oneClass.removeIf(r -> !"normal".equals(r.getAttributes().get("label.fault")));
    assertThatThrownBy(() -> training.train(oneClass, HELD_OUT, Progress.SILENT))
        .hasMessageContaining("no window with the label unbalance");
  }

  private static TrainedClassifier train(long seed) {
    return new VibrationTraining(seed, "test", 10, VibrationTraining.LABELS)
        .train(TRAINING, HELD_OUT, Progress.SILENT);
  }

  private static GraphSession session() {
    return new GraphSession(trained.onnx(), "readings", 3, 1024);
  }

  private static float[] floats(List<Float> list) {
    float[] floats = new float[list.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = list.get(i);
    }
    return floats;
  }
}
