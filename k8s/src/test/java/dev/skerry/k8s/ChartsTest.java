package dev.skerry.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The charts take good values, refuse bad ones by name, and render what the base says. */
class ChartsTest {

  @ParameterizedTest
  @ValueSource(strings = {Charts.EDGE, Charts.CLOUD})
  void shouldPassHelmsStrictLint(String chart) {
    assertThat(Charts.lint(chart).isFailed()).as("" + Charts.lint(chart).getMessages()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("goodValues")
  void shouldRenderResourcesThatTheApiServerTakes(Map<String, ?> values) {
    assertSound(Charts.render(Charts.EDGE, values));
  }

  static Stream<Map<String, ?>> goodValues() {
    return Stream.of(
        Map.of(),
        Map.of("siteId", "plant-7", "cloud.bootstrapServers", "a.example:9094,b.example:9094"),
        Map.of("accelerator", "nvidia"),
        Map.of("accelerator", "nvidia-mig", "releases.enabled", true),
        Map.of("accelerator", "nvidia-shared", "autoscaling.enabled", true),
        Map.of("accelerator", "jetson", "storage.provision", "none"),
        Map.of("seals.enabled", true, "releases.enabled", true),
        Map.of("monitoring.enabled", true, "image.repository", "registry.example:5000/skerry"));
  }

  @Test
  void shouldRenderTheCloud() {
    assertSound(Charts.render(Charts.CLOUD, Map.of()));
    assertSound(
        Charts.render(
            Charts.CLOUD, Map.of("monitoring.enabled", true, "storage.provision", "local")));
    assertSound(
        Charts.render(
            Charts.CLOUD,
            Map.of(
                "sites[0]", "plant-7",
                "publishing.enabled", true,
                "overflow.enabled", true,
                "sealCheck.enabled", true)));
  }

  @Test
  void shouldRenderTheWarehouseWithACatalogOfTheUsersOwn() {
    List<Manifest> rendered =
        Charts.render(
            Charts.CLOUD,
            Map.of(
                "warehouse.enabled", true,
                "warehouse.catalogUri", "https://catalog.example/iceberg",
                "image.repository", "registry.example:5000/skerry"));
    assertSound(rendered);
    assertThat(one(rendered, "KafkaConnect/warehouse").node().at("/spec/image").asText())
        .isEqualTo("registry.example:5000/skerry/warehouse-connect:0.1.0");
    List<Manifest> connectors =
        rendered.stream().filter(each -> each.kind().equals("KafkaConnector")).toList();
    assertThat(connectors).hasSizeGreaterThanOrEqualTo(6);
    assertThat(connectors)
        .allSatisfy(
            connector ->
                assertThat(connector.node().at("/spec/config").path("iceberg.catalog.uri").asText())
                    .isEqualTo("https://catalog.example/iceberg"));
  }

  private static void assertSound(List<Manifest> rendered) {
    assertThat(rendered).hasSizeGreaterThan(20).extracting(Manifest::id).doesNotHaveDuplicates();
    assertThat(rendered).flatExtracting(StrictKinds::problems).isEmpty();
    assertThat(rendered).flatExtracting(PodSecurity::problems).isEmpty();
    assertThat(References.problems(rendered)).isEmpty();
    assertThat(BrokerAccess.problems(rendered)).isEmpty();
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({
    "siteId, Plant 7, siteId",
    "siteId, cloud, siteId",
    "siteId, '', siteId",
    "cloud.bootstrapServers, kafka, bootstrapServers",
    "accelerator, gpu, accelerator",
    "image.tag, a b, tag",
    "storage.provision, maybe, provision",
    "autoscaling.enabled, yes please, enabled",
    "gpu.enabled, true, gpu",
    "image.name, x, name",
  })
  void shouldRefuseBadValuesAndNameThem(String key, String value, String named) {
    assertThatThrownBy(() -> Charts.render(Charts.EDGE, Map.of(key, value)))
        .hasMessageContaining("schema")
        .hasMessageContaining(named);
  }

  @Test
  void shouldMergePatchesOfTheUsersOwn(@TempDir Path dir) throws IOException {
    Path values =
        Files.writeString(
            dir.resolve("values.yaml"),
            """
            patches:
              - kind: StatefulSet
                metadata: {name: inference-processor}
                spec:
                  replicas: 2
                  template:
                    spec:
                      priorityClassName: null
                      containers:
                        - name: inference-processor
                          env: [{name: INFERENCE_WORKERS, value: "1"}]
                          resources: {limits: {cpu: "4"}}
              - apiVersion: v1
                kind: ConfigMap
                metadata: {name: ours}
                data: {of: us}
            """);
    List<Manifest> rendered = Charts.render(Charts.EDGE, values);
    JsonNode spec = one(rendered, "StatefulSet/inference-processor").node().path("spec");
    JsonNode container = spec.at("/template/spec/containers/0");
    assertThat(spec.path("replicas").asInt()).isEqualTo(2);
    assertThat(spec.at("/template/spec").has("priorityClassName")).isFalse();
    assertThat(container.findValuesAsText("name"))
        .contains("INFERENCE_INSTANCE", "JAVA_TOOL_OPTIONS", "INFERENCE_WORKERS");
    assertThat(container.at("/resources/limits/cpu").asText()).isEqualTo("4");
    assertThat(container.at("/resources/limits/memory").asText()).isEqualTo("1Gi");
    assertThat(one(rendered, "ConfigMap/ours").node().at("/data/of").asText()).isEqualTo("us");
  }

  @Test
  void shouldRefuseAPatchOfNothing(@TempDir Path dir) throws IOException {
    Path values =
        Files.writeString(
            dir.resolve("values.yaml"),
            "patches: [{kind: StatefulSet, metadata: {name: inference}, spec: {replicas: 2}}]");
    assertThatThrownBy(() -> Charts.render(Charts.EDGE, values))
        .hasMessageContaining("StatefulSet inference");
  }

  @Test
  void shouldNameTheSiteInEverythingThatIsOneOfAKindInTheCloud() {
    List<Manifest> rendered = Charts.render(Charts.EDGE, Map.of("siteId", "plant-7"));
    assertThat(rendered).noneMatch(manifest -> manifest.node().toString().contains("site-a"));
    assertThat(
            one(rendered, "KafkaMirrorMaker2/mirror-bulk")
                .node()
                .at("/spec/target/groupId")
                .asText())
        .isEqualTo("plant-7-bulk-mirror");
  }

  private static Manifest one(List<Manifest> manifests, String id) {
    return manifests.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }
}
