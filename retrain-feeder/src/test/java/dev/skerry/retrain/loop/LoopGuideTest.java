package dev.skerry.retrain.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.service.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The guides' tables of keys say what the configuration says. */
class LoopGuideTest {

  @Test
  void shouldDocumentEveryKeyWithItsDefault() throws IOException {
    String datasets = Files.readString(Path.of("../docs/dataset.md"));
    String training = Files.readString(Path.of("../docs/training.md"));
    assertThat(ConfigReference.documented(datasets, "dataset"))
        .isEqualTo(ConfigReference.of(DatasetConfig.class));
    assertThat(ConfigReference.documented(training, "train"))
        .isEqualTo(ConfigReference.of(TrainConfig.class));
    assertThat(ConfigReference.documented(training, "gate"))
        .isEqualTo(ConfigReference.of(GateConfig.class));
  }
}
