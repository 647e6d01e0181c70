package dev.skerry.retrain.train.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.skerry.retrain.train.SyntheticTelemetry;
import dev.skerry.retrain.train.data.TrainingDataException;
import dev.skerry.retrain.train.data.Window;
import dev.skerry.retrain.train.graph.GraphSession;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnomalyTrainingTest {

  private static final AnomalyOptions OPTIONS = AnomalyOptions.standard("pump");

  @Test
  void shouldTellShiftedWindowsFromNormalOnes() {
    FittedAnomalyModel model = AnomalyTraining.fit(SyntheticTelemetry.waves(4, 200, 1, 0), OPTIONS);
    List<Telemetry> mixed = new ArrayList<>(SyntheticTelemetry.waves(4, 100, 2, 0));
    mixed.addAll(SyntheticTelemetry.waves(4, 100, 3, 3));
    FittedAnomalyModel.Judgement judgement = model.judge(mixed, "label.anomaly");
    assertThat(judgement.model().recall(0)).isGreaterThan(0.95);
    assertThat(judgement.model().recall(1)).isGreaterThan(0.95);
    assertThat(judgement.toMarkdown()).contains("| model |", "| RMS limits |");
  }

  @Test
  void shouldCarryAnAnomalyContractWhoseGoldenSamplesHold() {
    FittedAnomalyModel model =
        AnomalyTraining.fit(
            SyntheticTelemetry.waves(2, 60, 1, 0), OPTIONS.withChannels(List.of("a", "b")));
    ModelContract contract = model.contract();
    assertThat(contract.task()).isEqualTo(Task.ANOMALY);
    assertThat(contract.readings().channels()).containsExactly("a", "b");
    assertThat(contract.thresholds().anomaly()).isEqualTo(model.threshold()).isPositive();
    GoldenSample sample = contract.golden().get(0);
    float[] values = Window.of(SyntheticTelemetry.waves(2, 60, 1, 0).get(0)).values();
    try (GraphSession session = new GraphSession(model.onnx(), "readings", 2, 20)) {
      assertThat(session.run(List.of(values))[0][0])
          .isCloseTo(sample.scores().get(0), within(1e-5f));
    }
  }

  @Test
  void shouldGiveTheSameBytesForTheSameData() {
    List<Telemetry> normal = SyntheticTelemetry.waves(3, 80, 1, 0);
    assertThat(AnomalyTraining.fit(normal, OPTIONS).onnx())
        .isEqualTo(AnomalyTraining.fit(normal, OPTIONS).onnx());
  }

  @Test
  void shouldIgnoreAConstantChannelAndSaySo() {
    List<Telemetry> normal = SyntheticTelemetry.waves(3, 60, 1, 0);
    normal.forEach(record -> fill(record, 1, 7f));
    FittedAnomalyModel model = AnomalyTraining.fit(normal, OPTIONS);
    assertThat(model.ignoredChannels()).containsExactly("channel 2");
    assertThat(model.threshold()).isFinite();
    assertThat(model.judge(normal, "label.anomaly").model().recall(0)).isGreaterThan(0.9);
  }

  @Test
  void shouldRefuseDataThatNeverChanges() {
    List<Telemetry> frozen = SyntheticTelemetry.waves(2, 60, 1, 0);
    frozen.forEach(record -> fill(record, 0, 1f));
    frozen.forEach(record -> fill(record, 1, 2f));
    assertThatThrownBy(() -> AnomalyTraining.fit(frozen, OPTIONS))
        .isInstanceOf(TrainingDataException.class)
        .hasMessageContaining("All channels of the normal data are constant");
  }

  @Test
  void shouldSayHowManyWindowsAreMissing() {
    assertThatThrownBy(() -> AnomalyTraining.fit(SyntheticTelemetry.waves(2, 6, 1, 0), OPTIONS))
        .isInstanceOf(TrainingDataException.class)
        .hasMessageContaining("has 6 windows; at least 20 are needed");
    assertThatThrownBy(() -> AnomalyTraining.fit(List.of(), OPTIONS))
        .hasMessageContaining("has 0 windows");
  }

  @Test
  void shouldTakeOnlyTheFirstWindowsOfEachDevice() {
    List<Telemetry> normal = new ArrayList<>(SyntheticTelemetry.waves(2, 40, 1, 0));
    normal.addAll(SyntheticTelemetry.waves(2, 40, 1, 50));
    FittedAnomalyModel model = AnomalyTraining.fit(normal, OPTIONS.withFirstWindows(40));
    assertThat(model.fittingWindows() + model.heldBackWindows()).isEqualTo(40);
    assertThat(model.threshold()).isLessThan(20);
  }

  @Test
  void shouldRefuseWindowsOfDifferentShapes() {
    List<Telemetry> mixed = new ArrayList<>(SyntheticTelemetry.waves(2, 30, 1, 0));
    mixed.addAll(SyntheticTelemetry.waves(3, 1, 1, 0));
    assertThatThrownBy(() -> AnomalyTraining.fit(mixed, OPTIONS))
        .hasMessageContaining("has 3 channels x 20 steps; 2 x 20 are needed");
  }

  private static void fill(Telemetry record, int channel, float value) {
    Readings readings = (Readings) record.getPayload();
    for (int step = 0; step < readings.getSteps(); step++) {
      readings.getValues().set(channel * readings.getSteps() + step, value);
    }
  }
}
