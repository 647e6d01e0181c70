package dev.skerry.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One resource, as it would be applied. Immutable as long as nobody changes the node.
 *
 * @param source for people: the file, or how it was rendered
 */
record Manifest(String source, JsonNode node) {

  private static final YAMLMapper YAML = new YAMLMapper();

  /** All documents of a text. */
  static List<Manifest> parse(String source, String yaml) {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      List<Manifest> manifests = new ArrayList<>();
      documents.forEachRemaining(
          document -> {
            if (document.isObject()) {
              manifests.add(new Manifest(source, document));
            }
          });
      return manifests;
    } catch (IOException e) {
      throw new UncheckedIOException(source + " is not YAML", e);
    }
  }

  /** All resources in the files of a directory, in the order of their names. */
  static List<Manifest> in(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("kustomization.yaml"))
          .sorted()
          .flatMap(file -> parse(file.toString(), read(file)).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String kind() {
    return node.path("kind").asText();
  }

  String name() {
    return node.at("/metadata/name").asText();
  }

  String apiVersion() {
    return node.path("apiVersion").asText();
  }

  /** Kind and name, which tell the resources of one render apart. */
  String id() {
    return kind() + "/" + name();
  }

  /** The pod that a workload makes; empty for everything else. */
  Optional<JsonNode> pod() {
    boolean isWorkload =
        List.of("Deployment", "StatefulSet", "DaemonSet", "Job").contains(kind())
            && !apiVersion().contains("strimzi");
    return isWorkload ? Optional.of(node.at("/spec/template")) : Optional.empty();
  }

  /** The containers of its pod, those that initialise it included. */
  List<JsonNode> containers() {
    return pod().stream()
        .map(pod -> pod.path("spec"))
        .flatMap(
            spec ->
                Stream.of("containers", "initContainers", "ephemeralContainers")
                    .map(spec::path)
                    .flatMap(Manifest::items))
        .toList();
  }

  /** The elements of an array; none where there is no array. */
  static Stream<JsonNode> items(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  @Override
  public String toString() {
    return source + ": " + id();
  }
}
