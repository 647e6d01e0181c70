package dev.skerry.retrain.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.schemas.Label;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelJsonTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final UUID ID = UUID.fromString("93667b25-c4f1-3dc3-9b6d-df56d12d2143");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void shouldReadEachKindOfTruth() throws Exception {
    assertThat(read("{'label': 'dent', 'labelledBy': 'ann'}"))
        .satisfies(label -> assertThat(label.getSampleId()).isEqualTo(ID))
        .satisfies(label -> assertThat(label.getLabelledAt()).isEqualTo(NOW))
        .extracting(Label::getLabel, Label::getLabelledBy, Label::getUnusable)
        .containsExactly("dent", "ann", false);
    assertThat(read("{'value': 3.5, 'labelledBy': 'ann'}").getValue()).isEqualTo(3.5);
    assertThat(read("{'unusable': true, 'labelledBy': 'ann'}").getUnusable()).isTrue();
    assertThat(
            read("{'boxes': [{'label': 'dent', 'x': 0.1, 'y': 0, 'width': 0.5, 'height': 1}],"
                    + " 'labelledBy': 'ann'}")
                .getBoxes())
        .singleElement()
        .satisfies(box -> assertThat(box.getConfidence()).isEqualTo(1f));
    assertThat(read("{'boxes': [], 'labelledBy': 'ann'}").getBoxes()).isEmpty();
  }

  @Test
  void shouldWriteWhatItRead() throws Exception {
    ObjectNode json = JSON.createObjectNode();
    LabelJson.write(read("{'label': 'dent', 'labelledBy': 'ann', 'comment': 'small'}"), json);
    assertThat(json.toString())
        .isEqualTo(
            "{\"label\":\"dent\",\"unusable\":false,\"withdrawn\":false,\"labelledBy\":\"ann\","
                + "\"labelledAt\":\"2026-03-01T12:00:00Z\",\"comment\":\"small\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'label': 'dent'}                                               | labelledBy
          {'labelledBy': 'ann'}                                           | one of label
          {'label': 'dent', 'value': 1, 'labelledBy': 'ann'}              | not several
          {'label': 'dent', 'boxes': [{'label': 'a', 'x': 0, 'y': 0, 'width': 1, 'height': 1}], 'labelledBy': 'ann'} | not several
          {'label': '', 'labelledBy': 'ann'}                              | label is missing
          {'label': 7, 'labelledBy': 'ann'}                               | label is missing
          {'lable': 'dent', 'labelledBy': 'ann'}                          | lable is not known
          {'value': 'much', 'labelledBy': 'ann'}                          | value is no number
          {'unusable': 'yes', 'labelledBy': 'ann'}                        | unusable is neither
          {'boxes': 'all', 'labelledBy': 'ann'}                           | boxes is no list
          {'boxes': [{'label': 'a', 'x': 2, 'y': 0, 'width': 1, 'height': 1}], 'labelledBy': 'ann'} | x is 2.0
          {'sampleId': '93667b25-c4f1-3dc3-9b6d-df56d12d2144', 'label': 'a', 'labelledBy': 'ann'} | sampleId is another
          [1]                                                             | a JSON object
          """)
  void shouldNameWhatIsWrong(String body, String says) {
    assertThatIllegalArgumentException().isThrownBy(() -> read(body)).withMessageContaining(says);
  }

  private static Label read(String body) throws JsonProcessingException {
    return LabelJson.read(JSON.readTree(body.replace('\'', '"')), ID, NOW);
  }
}
