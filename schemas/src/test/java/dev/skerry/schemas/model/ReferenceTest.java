package dev.skerry.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceTest {

  private static final String CONTRACT =
      """
      {"name":"m","version":"1","stream":"s","task":"classify",
       "input":{"name":"x","channels":["a","b"],"steps":2,"sampleRateHz":0},
       "output":{"name":"y"},"labels":["ok","bad"],"thresholds":{"lowConfidence":0.6},
       "golden":[{"values":[1,2,3,4],"scores":[0.2,0.8]}],
       "reference":{
         "scores":[{"name":"ok","edges":[0.5,0.9],"shares":[0.1,0.2,0.7]}],
         "inputs":[{"name":"a","edges":[-1.5],"shares":[0.25,0.75]}]}}\
      """;

  @Test
  void shouldGiveBackWhatWasWritten() {
    ModelContract contract = ModelContract.fromJson(CONTRACT);
    assertThat(ModelContract.fromJson(contract.toJson())).isEqualTo(contract);
    assertThat(contract.reference()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[0.5,0.9] | [0.9,0.5] | reference of ok must have rising edges",
        "[0.5,0.9] | [0.5]     | reference of ok must have one share more than edges",
        "[0.5,0.9] | []        | reference of ok: the number of edges",
        "[0.1,0.2,0.7] | [0.1,0.2,0.8] | reference of ok must have shares that sum to 1",
        "[0.1,0.2,0.7] | [-0.1,0.4,0.7] | reference of ok must have shares from 0 to 1",
        "\"name\":\"ok\" | \"name\":\"fine\" | reference.scores has fine, which is none of",
        "\"name\":\"a\",\"edges\" | \"name\":\"c\",\"edges\" | reference.inputs has c, which is"
            + " none of",
        "\"edges\":[-1.5], | '' | edges",
      })
  void shouldNameWhatIsWrong(String right, String wrong, String message) {
    assertThatThrownBy(() -> ModelContract.fromJson(CONTRACT.replace(right, wrong)))
        .isInstanceOf(InvalidContractException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldMakeBinsThatHoldAboutAsManyNumbers() {
    float[] sample = new float[1_000];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = (i * 7_919) % 1_000;
    }
    Distribution distribution = Distribution.of("a", sample, 10);
    assertThat(distribution.bins()).isEqualTo(10);
    assertThat(distribution.shares()).allSatisfy(s -> assertThat(s).isCloseTo(0.1, within(0.01)));
    assertThat(distribution.bin(-5)).isZero();
    assertThat(distribution.bin(distribution.edges().get(0))).isEqualTo(1);
    assertThat(distribution.bin(5_000)).isEqualTo(9);
    assertThat(distribution.bin(Double.NaN)).isEqualTo(9);
  }

  @Test
  void shouldMakeFewerBinsWhereNumbersAreOftenTheSame() {
    Distribution mostlyZero = Distribution.of("a", new float[] {0, 0, 0, 0, 0, 0, 0, 0, 1, 2}, 10);
    assertThat(mostlyZero.edges()).isEqualTo(List.of(1.0, 2.0));
    assertThat(mostlyZero.shares()).isEqualTo(List.of(0.8, 0.1, 0.1));
    Distribution constant = Distribution.of("a", new float[] {3, 3}, 10);
    assertThat(constant.bin(3)).isZero();
    assertThat(constant.bin(3.1)).isEqualTo(1);
  }
}
