package dev.skerry.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What Grafana is given beside its dashboards. */
class GrafanaTest {

  private static final Path DOCKER = Path.of("..", "docker", "grafana", "provisioning");

  /** What Grafana in docker compose reads is where compose puts it. */
  @Test
  void shouldProvisionFromWhereComposePutsThings() {
    ObjectMapper yaml = new YAMLMapper();
    JsonNode source =
        Expression.read(yaml, DOCKER.resolve(Path.of("datasources", "prometheus.yml")));
    JsonNode provider = Expression.read(yaml, DOCKER.resolve(Path.of("dashboards", "skerry.yml")));
    JsonNode services = Expression.read(yaml, Path.of("..", "docker-compose.yml")).path("services");
    assertThat(List.of(source, provider))
        .allSatisfy(file -> assertThat(file.path("apiVersion").asInt()).isEqualTo(1));
    assertThat(fields(source.at("/datasources/0")))
        .containsOnlyKeys("name", "type", "url", "isDefault")
        .containsEntry("type", "prometheus")
        .containsEntry("url", "http://prometheus:9090");
    assertThat(services.at("/prometheus/ports/0").asText()).endsWith(":9090");
    JsonNode from = provider.at("/providers/0");
    assertThat(fields(from))
        .containsOnlyKeys("name", "folder", "type", "options")
        .containsEntry("type", "file");
    assertThat(services.at("/grafana/volumes").toString())
        .contains("./k8s/components/monitoring/dashboards:" + from.at("/options/path").asText())
        .contains("./docker/grafana/provisioning:/etc/grafana/provisioning");
  }

  private static Map<String, String> fields(JsonNode node) {
    return node.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, field -> field.getValue().asText()));
  }
}
