package dev.skerry.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.service.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The guides' tables of keys say what the configuration says. */
class AggregatorGuideTest {

  @Test
  void shouldDocumentEveryKeyWithItsDefault() throws IOException {
    String guide =
        Files.readString(Path.of("../docs/aggregator.md"))
            + Files.readString(Path.of("../docs/ledger.md"));
    assertThat(ConfigReference.documented(guide, "aggregator"))
        .isEqualTo(ConfigReference.of(AggregatorConfig.class));
  }
}
