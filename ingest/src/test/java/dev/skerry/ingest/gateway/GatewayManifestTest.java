package dev.skerry.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.skerry.ingest.devices.Strictness;
import dev.skerry.ingest.devices.WatchedDevices;
import dev.skerry.service.Settings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway's manifest holds what the gateway understands, and mounts the files that it names.
 */
class GatewayManifestTest {

  private static final Path MANIFEST = Path.of("..", "k8s", "base", "edge", "035-gateway.yaml");

  @Test
  void shouldConfigureAGatewayThatTakesNothingButTls() throws IOException {
    Map<String, String> properties = properties();
    GatewayConfig config =
        GatewayOptions.check(Settings.of(properties, GatewayConfig.class).get(GatewayConfig.class));
    assertThat(config.tls().certificate()).isPresent();
    assertThat(config.anonymousOnLoopback()).isFalse();
    JsonNode container = resource("Deployment", "gateway").at("/spec/template/spec/containers/0");
    List<String> mounted = container.at("/volumeMounts").findValuesAsText("mountPath");
    assertThat(List.of(config.devices().orElseThrow(), config.tls().key().orElseThrow()))
        .allSatisfy(file -> assertThat(mounted).contains("" + file.getParent()));
    assertThat(container.at("/ports").findValuesAsText("containerPort"))
        .containsExactlyInAnyOrder(
            properties.get("service.http.port"),
            "" + config.http().port(),
            "" + config.mqtt().port());
  }

  @Test
  void shouldHoldADevicesFileThatAdmitsNobodyYet(@TempDir Path dir) throws IOException {
    String text = resource("ConfigMap", "gateway-devices").get("data").get("devices.yaml").asText();
    Path file = Files.writeString(dir.resolve("devices.yaml"), text);
    assertThat(WatchedDevices.open(Optional.of(file), Strictness.ENFORCE).describe())
        .isEqualTo("0 devices, 0 name patterns, 3 streams, 0 tokens");
  }

  private static Map<String, String> properties() throws IOException {
    Properties read = new Properties();
    read.load(
        new StringReader(
            resource("ConfigMap", "gateway").get("data").get("gateway.properties").asText()));
    Map<String, String> properties = new HashMap<>();
    read.forEach((key, value) -> properties.put("" + key, "" + value));
    return properties;
  }

  private static JsonNode resource(String kind, String name) throws IOException {
    try (MappingIterator<JsonNode> resources =
        new YAMLMapper().readerFor(JsonNode.class).readValues(MANIFEST.toFile())) {
      return resources.readAll().stream()
          .filter(resource -> resource.get("kind").asText().equals(kind))
          .filter(resource -> resource.at("/metadata/name").asText().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }
}
