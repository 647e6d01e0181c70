package dev.skerry.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.service.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The guide's table of keys says what the configuration says. */
class ConsoleGuideTest {

  @Test
  void shouldDocumentEveryKeyWithItsDefault() throws IOException {
    String guide = Files.readString(Path.of("../docs/console.md"));
    assertThat(ConfigReference.documented(guide, "console"))
        .isEqualTo(ConfigReference.of(ConsoleConfig.class));
  }
}
