package dev.skerry.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.registry.RegistryConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SerdeGuideTest {

  @Test
  void shouldListEverySettingWithItsDefault() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("../docs/serde.md")).stream()
            .filter(line -> line.matches("\\| `[a-z]+(\\.[a-z]+)+` \\|.*\\|.*\\|"))
            .toList();
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(SerdeConfig.reference().stream(), RegistryConfig.reference().stream())
                .toList());
  }
}
