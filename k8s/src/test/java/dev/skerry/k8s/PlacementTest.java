package dev.skerry.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pods get what they need where they run; whatever is taken from them is found. */
class PlacementTest {

  private static final String PROCESSOR = "StatefulSet/inference-processor";
  private static final String POD = "/spec/template/spec";
  private static final String RESOURCES = POD + "/containers/0/resources";

  @ParameterizedTest
  @ValueSource(strings = {"none", "nvidia", "nvidia-mig", "nvidia-shared", "jetson"})
  void shouldPlaceASiteOnEachKindOfMachine(String accelerator) {
    List<Manifest> site = site(accelerator);
    assertThat(site)
        .extracting(Manifest::id)
        .contains(PROCESSOR, "ScaledObject/inference-processor");
    assertThat(Placement.problems(site)).isEmpty();
  }

  @Test
  void shouldPlaceTheCloud() {
    assertThat(Placement.problems(Charts.render(Charts.CLOUD, Map.of()))).isEmpty();
    assertThat(
            Placement.problems(Charts.render(Charts.CLOUD, Map.of("storage.provision", "local"))))
        .isEmpty();
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("plantedErrors")
  void shouldFindWhatIsTakenFromAPod(
      String accelerator, String id, Consumer<ObjectNode> plant, String words) {
    List<Manifest> changed =
        site(accelerator).stream()
            .map(
                manifest -> {
                  if (!manifest.id().equals(id)) {
                    return manifest;
                  }
                  ObjectNode copy = manifest.node().deepCopy();
                  plant.accept(copy);
                  assertThat(copy).isNotEqualTo(manifest.node());
                  return new Manifest(manifest.source(), copy);
                })
            .toList();
    assertThat(Placement.problems(changed))
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem).contains(words));
  }

  static Stream<Arguments> plantedErrors() {
    return Stream.of(
        planted(
            "none",
            PROCESSOR,
            root -> at(root, RESOURCES + "/limits").put("memory", "2Gi"),
            "memory is not guaranteed"),
        planted(
            "none",
            PROCESSOR,
            root -> {
              at(root, RESOURCES + "/limits").put("cpu", "1500m");
              at(root, RESOURCES + "/requests").put("cpu", "1500m");
            },
            "no whole CPUs"),
        planted(
            "none",
            "KafkaNodePool/node",
            root -> at(root, "/spec/resources").remove("limits"),
            "is not guaranteed"),
        planted(
            "none",
            PROCESSOR,
            root -> at(root, POD).remove("topologySpreadConstraints"),
            "not spread"),
        planted(
            "none",
            "PodDisruptionBudget/inference-processor",
            root -> at(root, "/spec").put("maxUnavailable", "100%"),
            "no disruption budget"),
        planted(
            "none",
            PROCESSOR,
            root ->
                at(root, "/spec/volumeClaimTemplates/0/spec").put("storageClassName", "standard"),
            "of the class 'standard'"),
        planted(
            "none",
            "KafkaNodePool/node",
            root -> at(root, "/spec/storage/volumes/0").remove("class"),
            "of the class ''"),
        planted(
            "none",
            "StorageClass/skerry-encrypted",
            root -> at(root, "/parameters").removeAll(),
            "does not encrypt"),
        planted(
            "none",
            "ScaledObject/inference-processor",
            root -> at(root, "/spec").put("maxReplicaCount", 5),
            "for 4 partitions"),
        planted(
            "nvidia",
            PROCESSOR,
            root -> at(root, POD).remove("runtimeClassName"),
            "runtimeClassName"),
        planted(
            "nvidia",
            PROCESSOR,
            root -> at(root, "/spec/template/metadata/labels").remove("skerry.dev/accelerator"),
            "skerry.dev/accelerator"),
        planted(
            "jetson", PROCESSOR, root -> without(root, "INFERENCE_REQUIRE"), "INFERENCE_REQUIRE"),
        planted(
            "nvidia-mig",
            PROCESSOR,
            root -> at(root, RESOURCES + "/limits").put("nvidia.com/gpu", "1"),
            "GPU"),
        planted(
            "nvidia-shared",
            PROCESSOR,
            root -> without(root, "INFERENCE_CUDA_MEMORY_LIMIT_BYTES"),
            "is not bounded"),
        planted(
            "nvidia-shared",
            PROCESSOR,
            root -> at(root, RESOURCES + "/requests").remove("nvidia.com/gpu.shared"),
            "GPU is not guaranteed"));
  }

  private static List<Manifest> site(String accelerator) {
    return Charts.render(
        Charts.EDGE, Map.of("accelerator", accelerator, "autoscaling.enabled", true));
  }

  private static Arguments planted(
      String accelerator, String id, Consumer<ObjectNode> plant, String words) {
    return Arguments.of(accelerator, id, plant, words);
  }

  private static ObjectNode at(ObjectNode root, String pointer) {
    return (ObjectNode) root.at(pointer);
  }

  private static void without(ObjectNode root, String variable) {
    ArrayNode variables = (ArrayNode) root.at(POD + "/containers/0/env");
    for (int i = variables.size() - 1; i >= 0; i--) {
      if (variables.get(i).path("name").asText().equals(variable)) {
        variables.remove(i);
      }
    }
  }
}
