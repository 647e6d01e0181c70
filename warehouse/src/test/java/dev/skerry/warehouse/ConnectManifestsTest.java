package dev.skerry.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.service.Settings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConnectManifestsTest {

  private static final Path COMPONENT = Path.of("..", "k8s", "components", "warehouse");
  private static final String INDENT = "    ";

  @Test
  void shouldBeWhatTheDescriptionBesideThemSays() throws IOException {
    Settings described = Settings.of(described(), WarehouseConfig.class);
    String manifests =
        ConnectManifests.of(
            described.get(WarehouseConfig.class), described.kafka().admin(Map.of()));

    if (Boolean.getBoolean("skerry.manifests.write")) {
      Files.writeString(COMPONENT.resolve("connect.yaml"), manifests);
    }
    assertThat(COMPONENT.resolve("connect.yaml")).hasContent(manifests);
    assertThat(manifests)
        .contains("s3://skerry-warehouse/tables", "kind: KafkaConnect\n", "kind: KafkaConnector\n");
  }

  /** The properties file in the ConfigMap of the process that looks after the tables. */
  private static Map<String, String> described() throws IOException {
    String text =
        Files.readAllLines(COMPONENT.resolve("warehouse.yaml")).stream()
            .dropWhile(line -> !line.equals("  warehouse.properties: |"))
            .skip(1)
            .takeWhile(line -> line.startsWith(INDENT))
            .map(line -> line.substring(INDENT.length()))
            .collect(Collectors.joining("\n"));
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    Map<String, String> settings = new HashMap<>();
    properties.forEach((key, value) -> settings.put(key.toString(), value.toString()));
    return settings;
  }
}
