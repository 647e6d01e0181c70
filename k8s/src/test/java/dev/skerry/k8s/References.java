package dev.skerry.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether resources that name each other fit together, which the API server does not look at:
 * accounts, classes, configuration, ports, selectors, and heaps that fit into their containers. Not
 * thread-safe.
 */
final class References {

  /** Made by whoever runs the site, and not by the manifests. */
  private static final Set<String> MADE_BY_HAND = Set.of("ConfigMap/release-keys");

  private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+)m");

  private final List<Manifest> all;
  private final Set<String> ids;
  private final List<String> problems = new ArrayList<>();

  private References(List<Manifest> all) {
    this.all = all;
    this.ids = all.stream().map(Manifest::id).collect(Collectors.toSet());
  }

  /** What does not fit among the resources of one render. */
  static List<String> problems(List<Manifest> rendered) {
    References check = new References(rendered);
    rendered.forEach(check::check);
    return check.problems;
  }

  private void check(Manifest manifest) {
    manifest.pod().ifPresent(pod -> workload(manifest, pod));
    switch (manifest.kind()) {
      case "Service" -> service(manifest);
      case "PodDisruptionBudget" -> selects(manifest, manifest.node().at("/spec/selector"));
      case "KafkaTopic", "KafkaNodePool", "KafkaUser" ->
          require(
              manifest,
              "Kafka",
              manifest.node().at("/metadata/labels").path("strimzi.io/cluster").asText());
      case "KafkaConnector" ->
          require(
              manifest,
              "KafkaConnect",
              manifest.node().at("/metadata/labels").path("strimzi.io/cluster").asText());
      case "ScaledObject" ->
          require(
              manifest, "StatefulSet", manifest.node().at("/spec/scaleTargetRef/name").asText());
      default -> {}
    }
  }

  private void workload(Manifest manifest, JsonNode pod) {
    JsonNode spec = pod.path("spec");
    require(manifest, "ServiceAccount", spec.path("serviceAccountName").asText());
    require(manifest, "PriorityClass", spec.path("priorityClassName").asText());
    if (manifest.kind().equals("StatefulSet")) {
      require(manifest, "Service", manifest.node().at("/spec/serviceName").asText());
    }
    selects(manifest, manifest.node().at("/spec/selector"));
    Manifest.items(spec.path("volumes")).forEach(volume -> volume(manifest, volume));
    Set<String> volumes =
        Stream.concat(
                Manifest.items(spec.path("volumes")).map(volume -> volume.path("name").asText()),
                Manifest.items(manifest.node().at("/spec/volumeClaimTemplates"))
                    .map(claim -> claim.at("/metadata/name").asText()))
            .collect(Collectors.toSet());
    manifest.containers().forEach(container -> container(manifest, container, volumes));
  }

  private void volume(Manifest manifest, JsonNode volume) {
    if (volume.has("configMap")) {
      require(manifest, "ConfigMap", volume.at("/configMap/name").asText());
    }
    if (volume.has("secret")) {
      String name = volume.at("/secret/secretName").asText();
      complain(
          Secrets.isThere(ids, name), manifest, "it names Secret/" + name + ", which is not there");
    }
  }

  private void container(Manifest manifest, JsonNode container, Set<String> volumes) {
    Set<String> ports =
        Manifest.items(container.path("ports"))
            .map(port -> port.path("name").asText())
            .collect(Collectors.toSet());
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      String port = container.path(probe).at("/httpGet/port").asText();
      complain(ports.contains(port), manifest, "the " + probe + " asks the port '" + port + "'");
    }
    Manifest.items(container.path("volumeMounts"))
        .map(mount -> mount.path("name").asText())
        .forEach(name -> complain(volumes.contains(name), manifest, "there is no volume " + name));
    complain(
        container.path("image").asText().matches(".+[:@].+"), manifest, "the image has no version");
    JsonNode resources = container.path("resources");
    for (String resource : List.of("/requests/cpu", "/requests/memory", "/limits/memory")) {
      complain(!resources.at(resource).isMissingNode(), manifest, "there is no " + resource);
    }
    heap(manifest, container);
  }

  /** Beside the heap there are threads, code, buffers and native libraries. */
  private void heap(Manifest manifest, JsonNode container) {
    String options =
        Manifest.items(container.path("env"))
            .filter(variable -> variable.path("name").asText().equals("JAVA_TOOL_OPTIONS"))
            .map(variable -> variable.path("value").asText())
            .collect(Collectors.joining());
    Matcher heap = HEAP.matcher(options);
    if (!heap.find()) {
      complain(false, manifest, "its heap is not bounded");
    } else {
      long mebibytes = Long.parseLong(heap.group(1));
      long limit = mebibytes(container.at("/resources/limits/memory").asText());
      complain(
          mebibytes + 192 <= limit,
          manifest,
          "a heap of %d MiB in a container of %d MiB".formatted(mebibytes, limit));
    }
  }

  private static long mebibytes(String quantity) {
    long number = Long.parseLong(quantity.replaceAll("\\D", ""));
    return quantity.endsWith("Gi") ? number * 1024 : number;
  }

  private void service(Manifest manifest) {
    List<Manifest> chosen = selected(manifest.node().at("/spec/selector"));
    complain(!chosen.isEmpty(), manifest, "it selects no pod");
    Set<String> ports =
        chosen.stream()
            .flatMap(workload -> workload.containers().stream())
            .flatMap(container -> Manifest.items(container.path("ports")))
            .map(port -> port.path("name").asText())
            .collect(Collectors.toSet());
    Manifest.items(manifest.node().at("/spec/ports"))
        .map(port -> port.path("targetPort").asText())
        .forEach(
            port -> complain(ports.contains(port), manifest, "no pod has the port '" + port + "'"));
  }

  private void selects(Manifest manifest, JsonNode selector) {
    complain(!selected(selector.path("matchLabels")).isEmpty(), manifest, "it selects no pod");
  }

  private List<Manifest> selected(JsonNode labels) {
    return all.stream()
        .filter(
            candidate ->
                candidate
                    .pod()
                    .map(pod -> hasAll(pod.at("/metadata/labels"), labels))
                    .orElse(false))
        .toList();
  }

  private static boolean hasAll(JsonNode labels, JsonNode wanted) {
    return !wanted.isEmpty()
        && wanted.properties().stream()
            .map(Map.Entry::getKey)
            .allMatch(key -> wanted.get(key).equals(labels.path(key)));
  }

  private void require(Manifest manifest, String kind, String name) {
    String id = kind + "/" + name;
    complain(
        ids.contains(id) || MADE_BY_HAND.contains(id),
        manifest,
        "it names " + id + ", which is not there");
  }

  private void complain(boolean holds, Manifest manifest, String problem) {
    if (!holds) {
      problems.add(manifest + ": " + problem);
    }
  }
}
