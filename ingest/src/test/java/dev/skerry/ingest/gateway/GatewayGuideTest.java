package dev.skerry.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.ingest.devices.Strictness;
import dev.skerry.ingest.devices.WatchedDevices;
import dev.skerry.ingest.intake.RefusalReason;
import dev.skerry.ingest.intake.TelemetryIntake;
import dev.skerry.service.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide says what the gateway does. */
class GatewayGuideTest {

  private static final Path GUIDE = Path.of("../docs/gateway.md");

  @Test
  void shouldDocumentEveryKeyWithItsDefault() throws IOException {
    SortedMap<String, String> keys = ConfigReference.of(GatewayConfig.class);
    // MQTT and answers have a page of their own.
    keys.keySet()
        .removeIf(key -> key.startsWith("gateway.mqtt.") || key.startsWith("gateway.answers."));
    assertThat(ConfigReference.documented(Files.readString(GUIDE), "gateway")).isEqualTo(keys);
  }

  @Test
  void shouldNameEveryReasonAndTheLargestRecord() throws IOException {
    String guide = Files.readString(GUIDE);
    for (RefusalReason reason : RefusalReason.values()) {
      assertThat(guide).contains(reason.word());
    }
    assertThat(guide).contains("%,d bytes".formatted(TelemetryIntake.MAX_RECORD_BYTES));
  }

  @Test
  void shouldTakeTheDevicesFileThatItShows(@TempDir Path dir) throws IOException {
    String guide = Files.readString(GUIDE);
    int from = guide.indexOf("```yaml\n") + "```yaml\n".length();
    Path file =
        Files.writeString(
            dir.resolve("devices.yaml"), guide.substring(from, guide.indexOf("```", from)));
    assertThat(WatchedDevices.open(Optional.of(file), Strictness.ENFORCE).describe())
        .isEqualTo("2 devices, 1 name patterns, 2 streams, 1 tokens");
  }
}
