package dev.skerry.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedModelsTest {

  @TempDir private Path dir;
  private SiteFiles site;
  private Path pumps;
  private Path parts;

  @BeforeEach
  void twoModels() throws IOException {
    site = new SiteFiles(dir.resolve("site"));
    pumps = Files.writeString(dir.resolve("pumps.onnx"), "pumps");
    parts = Files.writeString(dir.resolve("parts.onnx"), "parts");
  }

  @Test
  void shouldServeAllThatAreNamed() {
    assertThat(NamedModels.all(List.of(pumps, parts), site)).containsExactly(pumps, parts);
  }

  @Test
  void shouldServeWhatShipsWhereNoneIsNamed() {
    assertThat(NamedModels.all(List.of(), site))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("vibration-faults.onnx", "surface-defects.onnx");
    assertThat(NamedModels.all(List.of(), site))
        .allSatisfy(file -> assertThat(file).isNotEmptyFile());
  }

  @Test
  void shouldRefuseOneThatIsNotThereAmongOthers() {
    assertThatThrownBy(() -> NamedModels.all(List.of(pumps, dir.resolve("none.onnx")), site))
        .isInstanceOf(SiteRefusedException.class)
        .hasMessageContaining("none.onnx cannot be read");
  }

  @Test
  void shouldAnswerAReplayByOneAlone() {
    assertThat(NamedModels.only(List.of(pumps))).isEqualTo(pumps);
    assertThatThrownBy(() -> NamedModels.only(List.of(pumps, parts)))
        .isInstanceOf(SiteRefusedException.class)
        .hasMessageContaining("names 2 files");
  }
}
