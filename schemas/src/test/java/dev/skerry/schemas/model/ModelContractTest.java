package dev.skerry.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelContractTest {

  private static final ReadingsInput INPUT =
      new ReadingsInput("readings", List.of("pressure bar"), 2, 1);

  private final ModelContract contract =
      new ModelContract(
          "pump-anomaly",
          "1.0.0",
          "pump",
          Task.ANOMALY,
          INPUT,
          new Output("score"),
          List.of("normal", "anomaly"),
          new Thresholds(0.6f, 3.5f),
          List.of(new GoldenSample(List.of(1f, 2f), List.of(0.5f))));

  @Test
  void shouldGiveBackWhatWasWritten() {
    assertThat(ModelContract.fromJson(contract.toJson())).isEqualTo(contract);
    assertThat(contract.scoreCount()).isEqualTo(1);
    assertThat(contract.readings().elements()).isEqualTo(2);
  }

  @Test
  void shouldGiveBackAClassifierWhichHasNoAnomalyThreshold() {
    ModelContract classifier =
        new ModelContract(
            "pump-faults",
            "1.0.0",
            "pump",
            Task.CLASSIFY,
            INPUT,
            new Output("scores"),
            List.of("normal", "leak", "jam"),
            new Thresholds(0.6f, null),
            List.of(new GoldenSample(List.of(1f, 2f), List.of(0.5f, 0.3f, 0.2f))));
    assertThat(ModelContract.fromJson(classifier.toJson())).isEqualTo(classifier);
    assertThat(classifier.scoreCount()).isEqualTo(3);
  }

  @Test
  void shouldNameTheFieldThatIsMissing() {
    assertThatThrownBy(() -> read(contract.toJson().replace("{\"name\"", "{\"x\":1,\"name\"")))
        .isInstanceOf(InvalidContractException.class)
        .hasMessageContaining("\"x\"");
    assertThatThrownBy(() -> read(contract.toJson().replace("\"stream\":\"pump\",", "")))
        .isInstanceOf(InvalidContractException.class)
        .hasMessageContaining("stream");
  }

  @Test
  void shouldNameTheFieldThatIsWrong() {
    assertThatThrownBy(() -> read(contract.toJson().replace("\"steps\":2", "\"steps\":0")))
        .isInstanceOf(InvalidContractException.class)
        .hasMessageContaining("input.steps must be 1 or more, not 0");
    assertThatThrownBy(() -> read(contract.toJson().replace("[1.0,2.0]", "[1.0]")))
        .hasMessageContaining("golden.values must have 2 values, not 1");
    assertThatThrownBy(() -> read(contract.toJson().replace("\"anomaly\":3.5", "\"anomaly\":-1")))
        .hasMessageContaining("thresholds.anomaly");
    assertThatThrownBy(() -> read(contract.toJson().replace("\"anomaly\"]", "\"odd\"]")))
        .hasMessageContaining("labels must be [normal, anomaly]");
    assertThatThrownBy(() -> read("no json")).hasMessageContaining("skerry.contract");
  }

  @Test
  void shouldWantAnAnomalyThresholdForAnomaliesOnly() {
    assertThatThrownBy(
            () ->
                new ModelContract(
                    "m",
                    "1",
                    "s",
                    Task.CLASSIFY,
                    INPUT,
                    new Output("scores"),
                    List.of("a", "b"),
                    new Thresholds(0.5f, 1f),
                    List.of(new GoldenSample(List.of(1f, 2f), List.of(0.5f, 0.5f)))))
        .isInstanceOf(InvalidContractException.class)
        .hasMessageContaining("thresholds.anomaly");
  }

  @Test
  void shouldWriteNothingThatIsNotSaid() {
    assertThat(contract.toJson())
        .isEqualTo(
            "{\"name\":\"pump-anomaly\",\"version\":\"1.0.0\",\"stream\":\"pump\",\"task\":\"anomaly\","
                + "\"input\":{\"name\":\"readings\",\"channels\":[\"pressure bar\"],\"steps\":2,"
                + "\"sampleRateHz\":1.0},\"output\":{\"name\":\"score\"},"
                + "\"labels\":[\"normal\",\"anomaly\"],"
                + "\"thresholds\":{\"lowConfidence\":0.6,\"anomaly\":3.5},"
                + "\"golden\":[{\"values\":[1.0,2.0],\"scores\":[0.5]}]}");
  }

  @Test
  void shouldNameTheFieldOfAValueThatCannotBeRead() {
    assertThatThrownBy(
            () -> read(contract.toJson().replace("\"anomaly\",\"input", "\"x\",\"input")))
        .isInstanceOf(InvalidContractException.class)
        .hasMessageContaining("task: ")
        .hasMessageContaining("classify");
    assertThatThrownBy(() -> read(contract.toJson().replace("\"steps\":2", "\"steps\":\"two\"")))
        .hasMessageContaining("input.steps: ");
    assertThatThrownBy(
            () ->
                read(
                    contract.toJson().replace("{\"name\":\"r", "{\"kind\":\"audio\",\"name\":\"r")))
        .hasMessageContaining("input.kind must be readings or frame, not audio");
    assertThatThrownBy(
            () -> read(contract.toJson().replace("\"name\":\"pump-anomaly\"", "\"name\":null")))
        .isInstanceOf(InvalidContractException.class)
        .hasMessageContaining("name");
  }

  private static ModelContract read(String json) {
    return ModelContract.fromJson(json);
  }
}
