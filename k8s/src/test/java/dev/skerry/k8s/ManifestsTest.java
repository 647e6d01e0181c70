package dev.skerry.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every resource has only fields that its kind has; errors that are planted are found. */
class ManifestsTest {

  private static final Path EDGE = Path.of("base", "edge");
  private static final Path CLOUD = Path.of("base", "cloud");
  private static final Path WAREHOUSE = Path.of("components", "warehouse");

  @Test
  void shouldHoldOnlyFieldsThatTheirKindsHave() {
    assertThat(base()).hasSizeGreaterThan(70);
    assertThat(base().flatMap(manifest -> StrictKinds.problems(manifest).stream())).isEmpty();
  }

  @Test
  void shouldHavePodsThatPassTheRestrictedStandard() {
    assertThat(base().filter(manifest -> manifest.pod().isPresent())).hasSizeGreaterThan(4);
    assertThat(base().flatMap(manifest -> PodSecurity.problems(manifest).stream())).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("plantedErrors")
  void shouldFindAPlantedErrorInEachKind(
      String id, String error, Consumer<ObjectNode> plant, String word) {
    Manifest changed = changed(id, plant);
    assertThat(StrictKinds.problems(changed)).as(error).isNotEmpty().allMatch(p -> p.contains(id));
    assertThat(String.join("\n", StrictKinds.problems(changed))).contains(word);
  }

  static Stream<Arguments> plantedErrors() {
    return Stream.of(
        planted(
            "Kafka/edge",
            "unknown field",
            root -> at(root, "/spec/kafka").put("replica", 1),
            "replica"),
        planted(
            "Kafka/edge",
            "no listeners",
            root -> at(root, "/spec/kafka").remove("listeners"),
            "listeners"),
        planted(
            "Kafka/edge",
            "a listener of no type",
            root -> at(root, "/spec/kafka/listeners/0").put("type", "public"),
            "type"),
        planted(
            "KafkaNodePool/node",
            "a role that there is not",
            root -> ((ArrayNode) root.at("/spec/roles")).add("zookeeper"),
            "roles"),
        planted(
            "KafkaNodePool/node",
            "storage of no type",
            root -> at(root, "/spec/storage").put("type", "tape"),
            "storage"),
        planted(
            "KafkaTopic/telemetry",
            "a misspelt field",
            root -> at(root, "/spec").put("partition", 4),
            "partition"),
        planted(
            "KafkaTopic/telemetry",
            "text for a number",
            root -> at(root, "/spec").put("partitions", "four"),
            "partitions"),
        planted(
            "KafkaMirrorMaker2/mirror-urgent",
            "a field of the version before",
            root -> at(root, "/spec").put("connectCluster", "cloud"),
            "connectCluster"),
        planted(
            "KafkaMirrorMaker2/mirror-urgent",
            "no target",
            root -> at(root, "/spec").remove("target"),
            "target"),
        planted(
            "StatefulSet/aggregator",
            "unknown field",
            root -> at(root, "/spec").put("replica", 1),
            "replica"),
        planted(
            "StatefulSet/aggregator",
            "a probe with a misspelt field",
            root -> at(root, "/spec/template/spec/containers/0/livenessProbe").put("period", 5),
            "period"),
        planted(
            "Deployment/gateway",
            "an object for a text",
            root -> at(root, "/spec/template/spec").putObject("serviceAccountName").put("a", 1),
            "serviceAccountName"),
        planted(
            "Service/gateway",
            "unknown field",
            root -> at(root, "/spec").put("selectors", "x"),
            "selectors"),
        planted(
            "NetworkPolicy/metrics",
            "a port that is named otherwise",
            root -> at(root, "/spec/ingress/0/ports/0").put("targetPort", 1),
            "targetPort"),
        planted(
            "PodDisruptionBudget/gateway",
            "unknown field",
            root -> at(root, "/spec").put("maxUnavailablePods", 1),
            "maxUnavailablePods"),
        planted(
            "KafkaConnect/warehouse",
            "a worker's setting beside its config",
            root -> at(root, "/spec").put("offset.flush.interval.ms", 500),
            "offset.flush.interval.ms"),
        planted(
            "KafkaConnect/warehouse",
            "no group",
            root -> at(root, "/spec").remove("groupId"),
            "groupId"),
        planted(
            "KafkaConnector/warehouse-aggregates",
            "text for a number",
            root -> at(root, "/spec").put("tasksMax", "four"),
            "tasksMax"),
        planted("Role/skerry-operator", "unknown field", root -> root.put("rule", 1), "rule"),
        planted(
            "PriorityClass/skerry-flow",
            "text for a number",
            root -> root.put("value", "much"),
            "value"));
  }

  @Test
  void shouldNotKnowKindsThatNobodyDescribed() {
    Manifest gone =
        changed("KafkaTopic/telemetry", root -> root.put("apiVersion", "kafka.strimzi.io/v1beta2"));
    assertThat(StrictKinds.problems(gone)).singleElement().asString().contains("v1beta2");
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("weakPods")
  void shouldFindWhatTheStandardForbids(Consumer<ObjectNode> weaken, String word) {
    Manifest weak = changed("StatefulSet/inference-processor", weaken);
    assertThat(PodSecurity.problems(weak)).singleElement().asString().contains(word);
  }

  static Stream<Arguments> weakPods() {
    String pod = "/spec/template/spec";
    String container = pod + "/containers/0";
    String context = container + "/securityContext";
    return Stream.of(
        weak(root -> at(root, pod).put("hostNetwork", true), "hostNetwork"),
        weak(root -> at(root, pod).put("hostPID", true), "hostPID"),
        weak(root -> at(root, pod + "/securityContext").putArray("sysctls").addObject(), "sysctls"),
        weak(
            root ->
                ((ArrayNode) root.at(pod + "/volumes"))
                    .addObject()
                    .put("name", "disk")
                    .putObject("hostPath")
                    .put("path", "/"),
            "hostPath"),
        weak(root -> at(root, context).put("privileged", true), "privileged"),
        weak(root -> at(root, context).remove("allowPrivilegeEscalation"), "escalate"),
        weak(root -> at(root, context).remove("capabilities"), "keeps capabilities"),
        weak(
            root -> at(root, context + "/capabilities").putArray("add").add("SYS_ADMIN"),
            "adds capabilities"),
        weak(root -> at(root, context).put("runAsNonRoot", false), "may run as root"),
        weak(root -> at(root, context).put("runAsUser", 0), "runs as root"),
        weak(root -> at(root, pod + "/securityContext").remove("seccompProfile"), "seccomp"),
        weak(root -> at(root, container + "/ports/0").put("hostPort", 9464), "port of the host"),
        weak(root -> at(root, context).put("procMount", "Unmasked"), "/proc"),
        weak(root -> at(root, context).put("readOnlyRootFilesystem", false), "can write"));
  }

  private static Arguments planted(
      String id, String error, Consumer<ObjectNode> plant, String word) {
    return Arguments.of(id, error, plant, word);
  }

  private static Arguments weak(Consumer<ObjectNode> weaken, String word) {
    return Arguments.of(weaken, word);
  }

  private static ObjectNode at(ObjectNode root, String pointer) {
    return (ObjectNode) root.at(pointer);
  }

  private static Manifest changed(String id, Consumer<ObjectNode> change) {
    Manifest manifest =
        Stream.of(EDGE, WAREHOUSE)
            .map(Manifest::in)
            .flatMap(List::stream)
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow();
    ObjectNode copy = manifest.node().deepCopy();
    change.accept(copy);
    assertThat(copy).isNotEqualTo(manifest.node());
    return new Manifest(manifest.source(), copy);
  }

  private static Stream<Manifest> base() {
    return Stream.of(EDGE, CLOUD, WAREHOUSE).map(Manifest::in).flatMap(List::stream);
  }
}
