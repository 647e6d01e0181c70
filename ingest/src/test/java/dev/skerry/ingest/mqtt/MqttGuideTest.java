package dev.skerry.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.ingest.gateway.GatewayConfig;
import dev.skerry.service.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** The guide's table and the configuration say the same. */
class MqttGuideTest {

  private static final Path GUIDE = Path.of("../docs/mqtt.md");

  @Test
  void shouldListEveryKeyWithItsDefaultAndNoOther() throws IOException {
    SortedMap<String, String> keys = ConfigReference.of(GatewayConfig.class);
    keys.keySet()
        .removeIf(key -> !key.startsWith("gateway.mqtt.") && !key.startsWith("gateway.answers."));
    assertThat(keys).hasSizeGreaterThan(20);
    assertThat(ConfigReference.documented(Files.readString(GUIDE), "gateway")).isEqualTo(keys);
  }
}
