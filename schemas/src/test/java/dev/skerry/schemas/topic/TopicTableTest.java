package dev.skerry.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TopicTableTest {

  @Test
  void shouldBeTheTableOfTheReadme() throws IOException {
    assertThat(Files.readString(Path.of("..", "README.md")))
        .as("README.md must hold exactly this table:%n%s", TopicTable.markdown())
        .contains(TopicTable.markdown());
  }

  @Test
  void shouldAdmitTheLargestTelemetryWhereverItIsWrapped() {
    assertThat(Topics.RETRAINING_CANDIDATES.maxMessageBytes())
        .isGreaterThan(Topics.TELEMETRY_FRAMES.maxMessageBytes());
    assertThat(Topics.DEAD_LETTERS.maxMessageBytes())
        .isGreaterThan(Topics.TELEMETRY_FRAMES.maxMessageBytes());
    assertThat(Topics.RETRAINING_SAMPLES.maxMessageBytes())
        .isGreaterThanOrEqualTo(Topics.RETRAINING_CANDIDATES.maxMessageBytes());
  }
}
