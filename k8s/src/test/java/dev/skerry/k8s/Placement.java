package dev.skerry.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where pods run and what is theirs there, which no schema knows: the flow's CPUs and memory are
 * guaranteed, instances are spread and drained one after the other, GPUs come with all that they
 * need, there are no more instances than there is work for, and every volume is an encrypted one.
 * Not thread-safe.
 */
final class Placement {

  private static final String ENCRYPTED = "skerry-encrypted";
  private static final String PROCESSOR = "StatefulSet/inference-processor";
  private static final Set<String> GPUS =
      Set.of("nvidia.com/gpu", "nvidia.com/gpu.shared", "nvidia.com/mig-1g.10gb");
  private static final int DEFAULT_WORKERS = 2;
  private static final Pattern WORKERS = Pattern.compile("inference\\.workers=(\\d+)");

  private final List<Manifest> all;
  private final List<String> problems = new ArrayList<>();

  private Placement(List<Manifest> all) {
    this.all = all;
  }

  /** What is wrong among the resources of one render. */
  static List<String> problems(List<Manifest> rendered) {
    Placement check = new Placement(rendered);
    rendered.forEach(check::check);
    return check.problems;
  }

  private void check(Manifest manifest) {
    switch (manifest.kind()) {
      case "StatefulSet" -> {
        claims(manifest);
        if (manifest.id().equals(PROCESSOR)) {
          guaranteed(manifest, manifest.containers().get(0).path("resources"));
          spreadAndDrainedOneByOne(manifest);
          gpu(manifest);
        }
      }
      case "KafkaNodePool" -> {
        guaranteed(manifest, manifest.node().at("/spec/resources"));
        Manifest.items(manifest.node().at("/spec/storage/volumes"))
            .forEach(volume -> encrypted(manifest, volume.path("class")));
      }
      case "PersistentVolumeClaim" ->
          encrypted(manifest, manifest.node().at("/spec/storageClassName"));
      case "StorageClass" -> encrypts(manifest);
      case "ScaledObject" -> bounded(manifest);
      default -> {}
    }
  }

  /** Requests are limits, and CPUs are whole: only then are they the pod's alone. */
  private void guaranteed(Manifest manifest, JsonNode resources) {
    for (String resource : List.of("cpu", "memory")) {
      String requested = resources.path("requests").path(resource).asText();
      complain(
          !requested.isEmpty()
              && requested.equals(resources.path("limits").path(resource).asText()),
          manifest,
          "its " + resource + " is not guaranteed");
    }
    complain(
        resources.at("/requests/cpu").asText().matches("[1-9]\\d*"),
        manifest,
        "it has no whole CPUs");
  }

  private void spreadAndDrainedOneByOne(Manifest manifest) {
    JsonNode own = manifest.node().at("/spec/selector");
    complain(
        Manifest.items(manifest.node().at("/spec/template/spec/topologySpreadConstraints"))
            .anyMatch(spread -> spread.path("labelSelector").equals(own)),
        manifest,
        "its instances are not spread over nodes");
    complain(
        all.stream()
            .filter(each -> each.kind().equals("PodDisruptionBudget"))
            .anyMatch(
                budget ->
                    budget.node().at("/spec/selector").equals(own)
                        && budget.node().at("/spec/maxUnavailable").asInt() == 1),
        manifest,
        "no disruption budget drains one instance after the other");
  }

  /** A GPU, the runtime that mounts its driver, and no start without it; or nothing of them. */
  private void gpu(Manifest manifest) {
    JsonNode resources = manifest.containers().get(0).path("resources");
    Set<String> limited = gpus(resources.path("limits"));
    boolean required = "cuda".equals(variable(manifest, "INFERENCE_REQUIRE"));
    boolean mounted =
        manifest.node().at("/spec/template/spec/runtimeClassName").asText().equals("nvidia");
    boolean counted =
        !manifest
            .node()
            .at("/spec/template/metadata/labels")
            .path("skerry.dev/accelerator")
            .isMissingNode();
    complain(limited.size() < 2, manifest, "it asks for GPUs of several kinds: " + limited);
    complain(
        limited.equals(gpus(resources.path("requests"))), manifest, "its GPU is not guaranteed");
    boolean has = !limited.isEmpty();
    complain(has == mounted, manifest, "a GPU and runtimeClassName go together");
    complain(has == required, manifest, "a GPU and INFERENCE_REQUIRE=cuda go together");
    complain(has == counted, manifest, "a GPU and the label skerry.dev/accelerator go together");
    complain(
        !limited.contains("nvidia.com/gpu.shared")
            || !variable(manifest, "INFERENCE_CUDA_MEMORY_LIMIT_BYTES").isEmpty(),
        manifest,
        "a shared GPU's memory is not bounded");
  }

  private static Set<String> gpus(JsonNode resources) {
    Set<String> named = new TreeSet<>();
    resources.fieldNames().forEachRemaining(named::add);
    named.retainAll(GPUS);
    return named;
  }

  private static String variable(Manifest manifest, String name) {
    return Manifest.items(manifest.containers().get(0).path("env"))
        .filter(variable -> variable.path("name").asText().equals(name))
        .map(variable -> variable.path("value").asText())
        .findFirst()
        .orElse("");
  }

  /** An instance beyond the partitions would have nothing to read. */
  private void bounded(Manifest scaled) {
    String topic = scaled.node().at("/spec/triggers/0/metadata/topic").asText();
    int partitions =
        named("KafkaTopic/" + topic).mapToInt(at -> at.node().at("/spec/partitions").asInt()).sum();
    int workers =
        named("ConfigMap/inference-processor")
            .flatMap(config -> config.node().path("data").properties().stream())
            .map(file -> WORKERS.matcher(file.getValue().asText()))
            .filter(Matcher::find)
            .mapToInt(found -> Integer.parseInt(found.group(1)))
            .findFirst()
            .orElse(DEFAULT_WORKERS);
    int most = scaled.node().at("/spec/maxReplicaCount").asInt(Integer.MAX_VALUE);
    complain(
        most * (long) workers <= partitions,
        scaled,
        "%d instances of %d workers for %d partitions".formatted(most, workers, partitions));
  }

  private Stream<Manifest> named(String id) {
    return all.stream().filter(each -> each.id().equals(id));
  }

  private void claims(Manifest manifest) {
    Manifest.items(manifest.node().at("/spec/volumeClaimTemplates"))
        .forEach(claim -> encrypted(manifest, claim.at("/spec/storageClassName")));
  }

  private void encrypted(Manifest manifest, JsonNode storageClass) {
    complain(
        storageClass.asText().equals(ENCRYPTED),
        manifest,
        "a volume is of the class '" + storageClass.asText() + "', not of " + ENCRYPTED);
  }

  private void encrypts(Manifest storageClass) {
    JsonNode parameters = storageClass.node().path("parameters");
    complain(
        parameters.path("encrypted").asText().equals("true")
            || parameters.path("topolvm.io/device-class").asText().equals("luks"),
        storageClass,
        "it does not encrypt");
  }

  private void complain(boolean holds, Manifest manifest, String problem) {
    if (!holds) {
      problems.add(manifest + ": " + problem);
    }
  }
}
