package dev.skerry.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The overlays build, and are what the charts render for the same choice. Needs kubectl. */
class KustomizeTest {

  private static final String CLOUD_ADDRESS = "kafka.cloud.example:9094";

  @BeforeAll
  static void requireKubectl() throws Exception {
    boolean isThere = false;
    try {
      isThere = new ProcessBuilder("kubectl", "kustomize", "--help").start().waitFor() == 0;
    } catch (IOException e) {
      System.err.println("SKIPPED: Kustomize overlays: " + e.getMessage());
    }
    assumeTrue(isThere, "kubectl with kustomize is not installed");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("overlays")
  void shouldBuildWhatTheChartRenders(String overlay, String chart, Map<String, ?> values)
      throws Exception {
    List<Manifest> built = build("overlays/" + overlay);
    assertThat(built).flatExtracting(StrictKinds::problems).isEmpty();
    assertThat(built).flatExtracting(PodSecurity::problems).isEmpty();
    assertThat(References.problems(built)).isEmpty();
    assertThat(BrokerAccess.problems(built)).isEmpty();
    assertThat(byId(built)).isEqualTo(byId(Charts.render(chart, values)));
  }

  static Stream<Arguments> overlays() {
    return Stream.of(
        Arguments.of("edge-cpu", Charts.EDGE, edge("none")),
        Arguments.of("edge-gpu", Charts.EDGE, edge("nvidia")),
        Arguments.of("edge-gpu-mig", Charts.EDGE, edge("nvidia-mig")),
        Arguments.of("edge-gpu-shared", Charts.EDGE, edge("nvidia-shared")),
        Arguments.of("edge-jetson", Charts.EDGE, edge("jetson")),
        Arguments.of("cloud", Charts.CLOUD, Map.of("sites[0]", "site-a")),
        Arguments.of(
            "cloud-warehouse",
            Charts.CLOUD,
            Map.of("sites[0]", "site-a", "warehouse.enabled", true)));
  }

  private static Map<String, ?> edge(String accelerator) {
    return Map.of("accelerator", accelerator, "cloud.bootstrapServers", CLOUD_ADDRESS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topologies/one-cluster/cloud",
        "topologies/one-cluster/site-a",
        "topologies/independent/site-a"
      })
  void shouldBuildATemplateForEachTopology(String template) throws Exception {
    List<Manifest> built = build(template);
    assertThat(built).hasSizeGreaterThan(20);
    assertThat(built).flatExtracting(StrictKinds::problems).isEmpty();
    assertThat(built).flatExtracting(PodSecurity::problems).isEmpty();
    assertThat(References.problems(built)).isEmpty();
    assertThat(BrokerAccess.problems(built)).isEmpty();
    assertThat(Grants.problems(built)).isEmpty();
  }

  @Test
  void shouldBuildWhatTheGpuOperatorIsGiven() throws Exception {
    assertThat(build("gpu-operator")).hasSize(3).flatExtracting(StrictKinds::problems).isEmpty();
  }

  static List<Manifest> build(String directory) throws Exception {
    Process kubectl = new ProcessBuilder("kubectl", "kustomize", directory).start();
    String yaml = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String said = new String(kubectl.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(kubectl.waitFor()).as(said).isZero();
    return Manifest.parse("kubectl kustomize " + directory, yaml);
  }

  /** Kustomize writes the namespace into all of them; Helm leaves that to the API server. */
  private static Map<String, String> byId(List<Manifest> manifests) {
    return manifests.stream()
        .filter(manifest -> !manifest.kind().equals("Namespace"))
        .collect(
            Collectors.toMap(
                Manifest::id, manifest -> normal(manifest.node()), (a, b) -> a + b, TreeMap::new));
  }

  private static String normal(JsonNode node) {
    ObjectNode copy = node.deepCopy();
    ((ObjectNode) copy.path("metadata")).remove("namespace");
    return sorted(copy).toPrettyString();
  }

  /** Maps by their keys, and lists of named things by their names: neither has an order. */
  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode sorted = object.objectNode();
      object.properties().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(field -> sorted.set(field.getKey(), sorted(field.getValue())));
      return sorted;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode sorted = array.arrayNode();
      Manifest.items(array)
          .map(KustomizeTest::sorted)
          .sorted(Comparator.comparing(item -> item.path("name").asText()))
          .forEach(sorted::add);
      return sorted;
    }
    return node;
  }
}
