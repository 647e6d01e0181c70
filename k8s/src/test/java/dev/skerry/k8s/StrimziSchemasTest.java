package dev.skerry.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The schemas that custom resources are held to are those that Strimzi's own classes give.
 * Generating them takes a Java 21 or newer; {@code -Dskerry.schemas.write=true} writes them anew.
 */
class StrimziSchemasTest {

  private static final Path SCHEMAS = Path.of("src", "test", "resources", "strimzi");
  private static final Map<String, String> CLASSES =
      Map.of(
          "Kafka", "io.strimzi.api.kafka.model.kafka.Kafka",
          "KafkaNodePool", "io.strimzi.api.kafka.model.nodepool.KafkaNodePool",
          "KafkaTopic", "io.strimzi.api.kafka.model.topic.KafkaTopic",
          "KafkaUser", "io.strimzi.api.kafka.model.user.KafkaUser",
          "KafkaMirrorMaker2", "io.strimzi.api.kafka.model.mirrormaker2.KafkaMirrorMaker2",
          "KafkaConnect", "io.strimzi.api.kafka.model.connect.KafkaConnect",
          "KafkaConnector", "io.strimzi.api.kafka.model.connector.KafkaConnector");

  @Test
  void shouldBeWhatStrimzisClassesGive(@TempDir Path dir) throws Exception {
    Optional<Path> java = newerJava();
    if (java.isEmpty()) {
      System.err.println("SKIPPED: schemas from Strimzi's classes: there is no Java 21 or newer");
    }
    assumeTrue(java.isPresent(), "there is no Java 21 or newer");
    generate(java.orElseThrow(), dir);
    for (String kind : CLASSES.keySet()) {
      String schema = schema(dir.resolve(kind + ".yaml"));
      Path file = SCHEMAS.resolve(kind + ".json");
      if (Boolean.getBoolean("skerry.schemas.write")) {
        Files.writeString(file, schema);
      }
      assertThat(file).hasContent(schema);
    }
  }

  private static void generate(Path java, Path dir) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.strimzi.crdgenerator.CrdGenerator",
                "--yaml",
                "--target-kube",
                "1.30+",
                "--crd-api-version",
                "v1"));
    CLASSES.forEach((kind, type) -> command.add(type + "=" + dir.resolve(kind + ".yaml")));
    Path said = dir.resolve("generator.log");
    Process generator =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(generator.waitFor()).as(Files.readString(said)).isZero();
  }

  /** The schema of the version that is served, without its descriptions. */
  private static String schema(Path definition) throws IOException {
    JsonNode versions = new YAMLMapper().readTree(definition.toFile()).at("/spec/versions");
    JsonNode served =
        Manifest.items(versions)
            .filter(version -> version.path("name").asText().equals("v1"))
            .findFirst()
            .orElseThrow();
    JsonNode schema = withoutDescriptions(served.at("/schema/openAPIV3Schema"));
    return new ObjectMapper().writeValueAsString(schema) + "\n";
  }

  private static JsonNode withoutDescriptions(JsonNode node) {
    if (node instanceof ObjectNode object && object.path("description").isTextual()) {
      object.remove("description");
    }
    node.forEach(StrimziSchemasTest::withoutDescriptions);
    return node;
  }

  private static Optional<Path> newerJava() throws IOException {
    Path installed = Path.of("/usr/lib/jvm");
    Stream<Path> named =
        Stream.of("JAVA_HOME_25", "JAVA_HOME_21", "JAVA_HOME")
            .map(System::getenv)
            .filter(home -> home != null && !home.isEmpty())
            .map(Path::of);
    try (Stream<Path> homes =
        Files.isDirectory(installed) ? Files.list(installed) : Stream.empty()) {
      return Stream.concat(named, homes.sorted())
          .filter(StrimziSchemasTest::isNewer)
          .map(home -> home.resolve("bin").resolve("java"))
          .findFirst();
    }
  }

  private static boolean isNewer(Path home) {
    try {
      return Files.readAllLines(home.resolve("release")).stream()
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("\\D*(\\d+).*", "$1"))
          .anyMatch(version -> Integer.parseInt(version) >= 21);
    } catch (IOException e) {
      return false; // No release file: not a Java that we can tell the version of.
    }
  }
}
