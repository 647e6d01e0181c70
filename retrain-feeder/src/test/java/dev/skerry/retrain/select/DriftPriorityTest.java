package dev.skerry.retrain.select;

import static dev.skerry.retrain.select.SelectDriver.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.retrain.SomeSamples;
import dev.skerry.schemas.RetrainingSample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftPriorityTest {

  private static final Map<String, String> ONE =
      Map.of("select.per-hour.records", "1", "select.drift-factor", "1");

  @Test
  void shouldPreferTheGreaterDoubtWhereNothingDrifts(@TempDir Path stateDir) {
    try (SelectDriver driver = new SelectDriver(stateDir, ONE)) {
      assertThat(selectedOfTwoStreams(driver)).isEqualTo("pump");
    }
  }

  @Test
  void shouldPreferAStreamThatDriftsToAGreaterDoubtAboutAnother(@TempDir Path stateDir) {
    try (SelectDriver driver = new SelectDriver(stateDir, ONE)) {
      driver.report("plant-1", "vibration", true, NOON);
      assertThat(selectedOfTwoStreams(driver)).isEqualTo("vibration");
    }
  }

  private static String selectedOfTwoStreams(SelectDriver driver) {
    driver.pipe(SomeSamples.of("plant-1", "pump-1").uncertainty(0.5).noise(1), NOON);
    driver.pipe(
        SomeSamples.of("plant-1", "pump-2").stream("pump").uncertainty(0.625).noise(2), NOON);
    List<RetrainingSample> selected = driver.selected();
    assertThat(selected).hasSize(1);
    return selected.get(0).getDetection().getStream();
  }
}
