package dev.skerry.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of a contract: what breaks it, and the field that the refusal names. */
class ContractRulesTest {

  private static final String CLASSIFIER =
      """
      {"name":"m","version":"1","stream":"s","task":"classify",
       "input":{"name":"x","channels":["a","b"],"steps":2,"sampleRateHz":0,
         "normalise":{"mean":[1,2],"std":[0.5,4]},
         "ranges":[{"min":-1,"max":1},{"min":0,"max":9}]},
       "output":{"name":"y","logits":true},"labels":["ok","bad","worse"],
       "thresholds":{"lowConfidence":0.6,"margin":0.2,"entropy":0.9,"outOfRange":true,
         "auditShare":0.01},
       "uncertainty":"entropy","latencyTargetMillis":20,
       "golden":[{"values":[1,2,3,4],"scores":[0.2,0.3,0.5]}]}""";

  private static final String REGRESSION =
      """
      {"name":"m","version":"1","stream":"s","task":"regress",
       "input":{"name":"x","channels":["a"],"steps":2,"sampleRateHz":0,
         "normalise":{"min":[1],"max":[3]}},
       "output":{"name":"y"},
       "quantities":[{"name":"life","unit":"h","min":100},{"name":"load","unit":""}],
       "thresholds":{"lowConfidence":0.6},
       "golden":[{"values":[1,2],"scores":[120,0.5]}]}""";

  private static final String DETECTOR =
      """
      {"name":"m","version":"1","stream":"s","task":"detect",
       "input":{"kind":"frame","name":"images","width":64,"height":32,"colours":"RGB",
         "layout":"NCHW","element":"float","resize":"letterbox","pad":100,"scale":0.1,
         "mean":[1,2,3],"std":[1,1,2]},
       "output":{"name":"y","boxes":{"layout":"attributes-first","anchors":42,
         "format":"cxcywh","coordinates":"pixels","nmsIou":0.5,"maxBoxes":10}},
       "labels":["scratch"],"thresholds":{"lowConfidence":0.6,"detection":0.25},
       "golden":[{"pattern":7,"boxes":[{"label":"scratch","confidence":0.9,"x":0.1,"y":0.1,
         "width":0.2,"height":0.3}]}]}""";

  @Test
  void shouldGiveBackEveryField() {
    for (String json : new String[] {CLASSIFIER, REGRESSION, DETECTOR}) {
      ModelContract contract = ModelContract.fromJson(json);
      assertThat(ModelContract.fromJson(contract.toJson())).isEqualTo(contract);
    }
    assertThat(ModelContract.fromJson(DETECTOR).toJson()).contains("\"kind\":\"frame\"");
  }

  @Test
  void shouldKnowTheShapesOfItsTensors() {
    ModelContract classifier = ModelContract.fromJson(CLASSIFIER);
    assertThat(classifier.input().shape()).containsExactly(2, 2);
    assertThat(classifier.outputShape()).containsExactly(3);
    ModelContract regression = ModelContract.fromJson(REGRESSION);
    assertThat(regression.outputShape()).containsExactly(2);
    assertThat(regression.labels()).containsExactly("normal", "anomaly");
    assertThat(Normalisation.minMax(List.of(1f), List.of(3f)).divisor()).containsExactly(2f);
    ModelContract detector = ModelContract.fromJson(DETECTOR);
    assertThat(detector.input().shape()).containsExactly(3, 32, 64);
    assertThat(detector.outputShape()).containsExactly(5, 42);
    assertThat(detector.outputElements()).isEqualTo(210);
    ModelContract anchorsFirst =
        ModelContract.fromJson(
            DETECTOR.replace("\"attributes-first\"", "\"anchors-first\",\"objectness\":true"));
    assertThat(anchorsFirst.outputShape()).containsExactly(42, 6);
    ModelContract autoencoder =
        ModelContract.fromJson(
            REGRESSION
                .replace("regress", "anomaly")
                .replaceAll("\"quantities\":.*", "")
                .replace("\"y\"", "\"y\",\"reconstruction\":true")
                .replace("0.6}", "0.6,\"anomaly\":0.5}")
                .replace("[120,0.5]", "[0.25]"));
    assertThat(autoencoder.outputShape()).containsExactly(1, 2);
    assertThat(autoencoder.scoreCount()).isEqualTo(1);
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(CLASSIFIER, "\"steps\":2", "\"steps\":99999999", "input.steps"),
        Arguments.of(CLASSIFIER, "[0.5,4]", "[0.5]", "input.normalise must have as many std"),
        Arguments.of(CLASSIFIER, "[0.5,4]", "[0.5,0]", "input.normalise.std must be more than 0"),
        Arguments.of(
            CLASSIFIER,
            "\"mean\":[1,2],\"std\":[0.5,4]",
            "\"mean\":[1],\"std\":[1]",
            "input.normalise must have one entry for each of the 2 channels"),
        Arguments.of(CLASSIFIER, "\"std\":[0.5,4]", "\"max\":[0.5,4]", "input.normalise"),
        Arguments.of(CLASSIFIER, ",{\"min\":0,\"max\":9}", "", "input.ranges"),
        Arguments.of(CLASSIFIER, "\"min\":0,", "\"min\":10,", "input.ranges"),
        Arguments.of(CLASSIFIER, "\"margin\":0.2", "\"margin\":2", "thresholds.margin"),
        Arguments.of(CLASSIFIER, "\"entropy\":0.9", "\"entropy\":-1", "thresholds.entropy"),
        Arguments.of(CLASSIFIER, "0.01", "1.01", "thresholds.auditShare"),
        Arguments.of(CLASSIFIER, "\"margin\"", "\"detection\"", "thresholds.detection"),
        Arguments.of(
            CLASSIFIER,
            "\"latencyTargetMillis\":20",
            "\"latencyTargetMillis\":0",
            "latencyTargetMillis"),
        Arguments.of(CLASSIFIER, "\"logits\"", "\"reconstruction\"", "output.reconstruction"),
        Arguments.of(CLASSIFIER, "\"bad\"", "\"ok\"", "labels must differ"),
        Arguments.of(
            CLASSIFIER, "[\"ok\",\"bad\",\"worse\"]", "[\"ok\"]", "labels must have at least 2"),
        Arguments.of(CLASSIFIER, "[0.2,0.3,0.5]", "[0.2,0.8]", "golden.scores must have 3 scores"),
        Arguments.of(CLASSIFIER, "\"values\":[1,2,3,4]", "\"pattern\":1", "golden.values"),
        Arguments.of(REGRESSION, "\"max\":[3]", "\"max\":[1]", "input.normalise.max"),
        Arguments.of(REGRESSION, "0.6}", "0.6,\"margin\":0.5}", "thresholds.margin is only"),
        Arguments.of(REGRESSION, "0.6}", "0.6,\"entropy\":0.5}", "thresholds.entropy is only"),
        Arguments.of(REGRESSION, "0.6}", "0.6,\"outOfRange\":true}", "thresholds.outOfRange needs"),
        Arguments.of(REGRESSION, "\"min\":100", "\"min\":100,\"max\":1", "quantities.min"),
        Arguments.of(REGRESSION, "\"load\"", "\"life\"", "quantities.name must differ"),
        Arguments.of(
            REGRESSION,
            "\"golden\"",
            "\"uncertainty\":\"margin\",\"golden\"",
            "uncertainty must be"),
        Arguments.of(
            REGRESSION,
            "\"golden\"",
            "\"labels\":[\"a\"],\"golden\"",
            "labels must be [normal, anomaly]"),
        Arguments.of(DETECTOR, "\"width\":64", "\"width\":0", "input.width must be from 1 to 8192"),
        Arguments.of(DETECTOR, "\"RGB\"", "\"GRAY\"", "input.mean must have 1 entries for GRAY"),
        Arguments.of(DETECTOR, "\"float\"", "\"uint8\"", "input.element must be float where"),
        Arguments.of(DETECTOR, "\"pad\":100", "\"pad\":256", "input.pad"),
        Arguments.of(DETECTOR, "letterbox", "stretch", "input.pad is only for"),
        Arguments.of(DETECTOR, "\"std\":[1,1,2]", "\"std\":[1,0,2]", "input.std"),
        Arguments.of(DETECTOR, "\"scale\":0.1", "\"scale\":0", "input.scale"),
        Arguments.of(DETECTOR, "\"anchors\":42", "\"anchors\":0", "output.boxes.anchors"),
        Arguments.of(DETECTOR, "\"nmsIou\":0.5", "\"nmsIou\":0", "output.boxes.nmsIou"),
        Arguments.of(DETECTOR, "\"maxBoxes\":10", "\"maxBoxes\":0", "output.boxes.maxBoxes"),
        Arguments.of(DETECTOR, "[\"scratch\"]", "[\"nothing\"]", "labels must not have nothing"),
        Arguments.of(DETECTOR, ",\"detection\":0.25", "", "thresholds.detection"),
        Arguments.of(DETECTOR, "\"label\":\"scratch\"", "\"label\":\"dent\"", "golden.boxes.label"),
        Arguments.of(DETECTOR, "\"pattern\":7", "\"image\":\"?\"", "golden.image is no Base64"),
        Arguments.of(
            DETECTOR, "\"pattern\":7,", "", "golden must have either a pattern or an image"),
        Arguments.of(DETECTOR, "\"task\":\"detect\"", "\"task\":\"classify\"", "output.boxes"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void shouldNameTheFieldThatBreaksARule(
      String json, String valid, String broken, String expectedMessage) {
    assertThat(json).contains(valid);
    assertThatThrownBy(() -> ModelContract.fromJson(json.replace(valid, broken)))
        .isInstanceOf(InvalidContractException.class)
        .hasMessageStartingWith("skerry.contract")
        .hasMessageContaining(expectedMessage);
  }
}
