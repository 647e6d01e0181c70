package dev.skerry.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The restricted Pod Security Standard, control by control
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/), and a root file system
 * that nobody can write to, which the standard leaves open. Thread-safe.
 */
final class PodSecurity {

  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");
  private static final Set<String> SECCOMP = Set.of("RuntimeDefault", "Localhost");

  private final Manifest manifest;
  private final List<String> problems = new ArrayList<>();

  private PodSecurity(Manifest manifest) {
    this.manifest = manifest;
  }

  /** What the standard forbids in a workload's pod; nothing for what is no workload. */
  static List<String> problems(Manifest manifest) {
    PodSecurity check = new PodSecurity(manifest);
    manifest.pod().ifPresent(pod -> check.pod(pod.path("spec")));
    return check.problems;
  }

  private void pod(JsonNode spec) {
    for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
      require(!spec.path(host).asBoolean(), host + " is on");
    }
    require(spec.at("/securityContext/sysctls").isEmpty(), "sysctls are set");
    Manifest.items(spec.path("volumes")).forEach(this::volume);
    manifest.containers().forEach(container -> container(spec, container));
  }

  private void volume(JsonNode volume) {
    Set<String> types =
        volume.properties().stream()
            .map(java.util.Map.Entry::getKey)
            .filter(key -> !key.equals("name"))
            .collect(Collectors.toSet());
    types.removeAll(VOLUMES);
    require(types.isEmpty(), "the volume " + volume.path("name").asText() + " is a " + types);
  }

  private void container(JsonNode spec, JsonNode container) {
    String name = container.path("name").asText();
    JsonNode context = container.path("securityContext");
    require(!context.path("privileged").asBoolean(), name + " is privileged");
    require(
        context.path("allowPrivilegeEscalation").isBoolean()
            && !context.path("allowPrivilegeEscalation").asBoolean(),
        name + " may escalate its privileges");
    require(
        Manifest.items(context.at("/capabilities/drop"))
            .anyMatch(drop -> drop.asText().equals("ALL")),
        name + " keeps capabilities");
    require(
        Manifest.items(context.at("/capabilities/add"))
            .allMatch(added -> added.asText().equals("NET_BIND_SERVICE")),
        name + " adds capabilities");
    require(either(spec, context, "runAsNonRoot").asBoolean(), name + " may run as root");
    require(either(spec, context, "runAsUser").asInt(1) != 0, name + " runs as root");
    require(
        SECCOMP.contains(either(spec, context, "seccompProfile").path("type").asText()),
        name + " has no seccomp profile");
    require(
        Manifest.items(container.path("ports")).noneMatch(port -> port.has("hostPort")),
        name + " takes a port of the host");
    require(!context.has("procMount"), name + " mounts /proc otherwise");
    require(
        context.path("readOnlyRootFilesystem").asBoolean(),
        name + " can write to its root file system");
  }

  /** A container's own word counts before the pod's. */
  private static JsonNode either(JsonNode spec, JsonNode context, String field) {
    JsonNode own = context.path(field);
    return own instanceof MissingNode ? spec.path("securityContext").path(field) : own;
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      problems.add(manifest + ": " + problem);
    }
  }
}
