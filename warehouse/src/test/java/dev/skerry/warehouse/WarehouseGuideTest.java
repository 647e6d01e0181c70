package dev.skerry.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.service.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The guide's table of keys says what the configuration says. */
class WarehouseGuideTest {

  @Test
  void shouldDocumentEveryKeyWithItsDefault() throws IOException {
    String guide = Files.readString(Path.of("../docs/warehouse.md"));
    assertThat(ConfigReference.documented(guide, "warehouse"))
        .isEqualTo(ConfigReference.of(WarehouseConfig.class));
  }
}
