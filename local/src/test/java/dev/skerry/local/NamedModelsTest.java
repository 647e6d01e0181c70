package dev.skerry.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
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
  void shouldServeAllThatAreNamedAndNoneThatWasNamedBefore() {
    assertThat(NamedModels.all(List.of(pumps), site)).isEqualTo(pumps);
    Path both = NamedModels.all(List.of(pumps, parts), site);
    assertThat(both.resolve("pumps.onnx")).hasContent("pumps");
    assertThat(both.resolve("parts.onnx")).hasContent("parts");
    Path others = NamedModels.all(List.of(parts, copyIn("other", pumps, "new.onnx")), site);
    assertThat(others).isDirectoryContaining("glob:**/new.onnx");
    assertThat(others).isDirectoryNotContaining("glob:**/pumps.onnx");
  }

  @Test
  void shouldServeWhatShipsWhereNoneIsNamed() {
    assertThat(NamedModels.all(List.of(), site))
        .isDirectoryContaining("glob:**/vibration-faults.onnx")
        .isDirectoryContaining("glob:**/surface-defects.onnx");
  }

  @Test
  void shouldRefuseTwoFilesOfOneNameADirectoryAmongFilesAndOneThatIsNotThere() {
    Path other = copyIn("other", pumps, "pumps.onnx");
    assertRefused("two files called pumps.onnx", pumps, other);
    assertRefused("is no file", pumps, dir.resolve("other"));
    assertRefused("none.onnx cannot be read", pumps, dir.resolve("none.onnx"));
  }

  @Test
  void shouldAnswerAReplayByOneAlone() {
    assertThat(NamedModels.only(List.of(pumps))).isEqualTo(pumps);
    assertThatThrownBy(() -> NamedModels.only(List.of(pumps, parts)))
        .isInstanceOf(SiteRefusedException.class)
        .hasMessageContaining("names 2 files");
  }

  private void assertRefused(String reason, Path... named) {
    assertThatThrownBy(() -> NamedModels.all(List.of(named), site))
        .isInstanceOf(SiteRefusedException.class)
        .hasMessageContaining(reason);
  }

  private Path copyIn(String directory, Path file, String name) {
    try {
      return Files.copy(file, Files.createDirectories(dir.resolve(directory)).resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
