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

/** Nobody comes to a broker without a certificate, and nobody finds there more than it needs. */
class BrokerAccessTest {

  private static final List<Manifest> EDGE =
      Charts.render(Charts.EDGE, Map.of("siteId", "plant-7", "autoscaling.enabled", true));
  private static final List<Manifest> CLOUD =
      Charts.render(
          Charts.CLOUD,
          Map.of("sites[0]", "plant-7", "sites[1]", "plant-8", "overflow.enabled", true));

  @Test
  void shouldLetNobodyInWithoutACertificateAndEverybodyWithOne() {
    assertThat(BrokerAccess.problems(EDGE)).isEmpty();
    assertThat(BrokerAccess.problems(CLOUD)).isEmpty();
  }

  @Test
  void shouldGrantWhatTheServicesDoAndNoMore() {
    assertThat(Grants.problems(EDGE)).isEmpty();
    assertThat(Grants.problems(CLOUD)).isEmpty();
    assertThat(CLOUD)
        .extracting(Manifest::id)
        .contains("KafkaUser/mirror-plant-7", "KafkaUser/mirror-plant-8");
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("openings")
  void shouldFindWhoComesInOtherwise(String id, Consumer<ObjectNode> plant, String words) {
    assertThat(BrokerAccess.problems(changed(EDGE, id, plant)))
        .isNotEmpty()
        .allMatch(problem -> problem.contains(id))
        .anyMatch(problem -> problem.contains(words));
  }

  static Stream<Arguments> openings() {
    return Stream.of(
        Arguments.of(
            "Kafka/edge",
            plant(
                root ->
                    ((ArrayNode) root.at("/spec/kafka/listeners"))
                        .addObject()
                        .put("name", "plain")
                        .put("port", 9092)
                        .put("type", "internal")
                        .put("tls", false)),
            "the listener plain is plain"),
        Arguments.of(
            "Kafka/edge",
            plant(root -> at(root, "/spec/kafka/listeners/0").remove("authentication")),
            "asks nobody who it is"),
        Arguments.of(
            "Kafka/edge",
            plant(root -> at(root, "/spec/kafka").remove("authorization")),
            "let everybody do everything"),
        Arguments.of(
            "KafkaMirrorMaker2/mirror-bulk",
            plant(root -> at(root, "/spec/target").remove("authentication")),
            "its target shows no certificate"),
        Arguments.of(
            "KafkaMirrorMaker2/mirror-urgent",
            plant(root -> at(root, "/spec/mirrors/0/source").remove("tls")),
            "its source is plain"),
        Arguments.of(
            "KafkaMirrorMaker2/mirror-urgent-down",
            plant(
                root ->
                    at(root, "/spec/target/authentication/certificateAndKey")
                        .put("secretName", "nobody")),
            "Secret/nobody"),
        Arguments.of(
            "StatefulSet/aggregator",
            plant(
                root ->
                    Manifest.items(root.at("/spec/template/spec/volumes"))
                        .filter(volume -> volume.path("name").asText().equals("kafka-user"))
                        .forEach(
                            volume ->
                                ((ObjectNode) volume.path("secret")).put("secretName", "adder"))),
            "there is no KafkaUser for it: adder"),
        Arguments.of(
            "ScaledObject/inference-processor",
            plant(root -> at(root, "/spec/triggers/0/metadata").remove("tls")),
            "without TLS"));
  }

  @Test
  void shouldFindAServiceThatComesWithoutTls() {
    List<Manifest> plain =
        changed(
            EDGE,
            "ConfigMap/gateway",
            root ->
                at(root, "/data")
                    .put(
                        "gateway.properties",
                        root.at("/data")
                            .path("gateway.properties")
                            .asText()
                            .replace("kafka.security.protocol=SSL", "")));
    assertThat(BrokerAccess.problems(plain))
        .singleElement()
        .asString()
        .contains("Deployment/gateway")
        .contains("without TLS");
  }

  @Test
  void shouldFindAUserThatIsNotThere() {
    List<Manifest> without =
        EDGE.stream().filter(manifest -> !manifest.id().equals("KafkaUser/gateway")).toList();
    assertThat(Grants.problems(without)).containsExactly("there is no KafkaUser/gateway");
    assertThat(BrokerAccess.problems(without)).anyMatch(problem -> problem.contains("gateway"));
    assertThat(References.problems(without)).anyMatch(problem -> problem.contains("gateway"));
  }

  /** Each of all the ACLs, taken away one by one. */
  @Test
  void shouldFindEveryAclThatIsMissing() {
    for (List<Manifest> rendered : List.of(EDGE, CLOUD)) {
      rendered.stream()
          .filter(manifest -> manifest.kind().equals("KafkaUser"))
          .filter(manifest -> !manifest.name().equals("autoscaler"))
          .forEach(user -> assertEachIsMissed(rendered, user));
    }
  }

  private static void assertEachIsMissed(List<Manifest> rendered, Manifest user) {
    int acls = user.node().at("/spec/authorization/acls").size();
    assertThat(acls).isPositive();
    for (int i = 0; i < acls; i++) {
      int index = i;
      List<Manifest> less =
          changed(
              rendered,
              user.id(),
              root -> ((ArrayNode) root.at("/spec/authorization/acls")).remove(index));
      assertThat(Grants.problems(less))
          .as("without ACL %d", index)
          .isNotEmpty()
          .allMatch(problem -> problem.contains(user.id()) && problem.contains("it lacks"));
    }
  }

  @Test
  void shouldFindAnAclThatIsTooMuch() {
    List<Manifest> more =
        changed(
            EDGE,
            "KafkaUser/gateway",
            root -> {
              ObjectNode acl = ((ArrayNode) root.at("/spec/authorization/acls")).addObject();
              acl.putObject("resource")
                  .put("type", "topic")
                  .put("name", "detections")
                  .put("patternType", "literal");
              acl.putArray("operations").add("Write");
            });
    assertThat(Grants.problems(more))
        .singleElement()
        .asString()
        .contains("it needs no write on topic detections");
  }

  private static Consumer<ObjectNode> plant(Consumer<ObjectNode> error) {
    return error;
  }

  private static ObjectNode at(ObjectNode root, String pointer) {
    return (ObjectNode) root.at(pointer);
  }

  private static List<Manifest> changed(
      List<Manifest> rendered, String id, Consumer<ObjectNode> change) {
    assertThat(rendered).extracting(Manifest::id).contains(id);
    return rendered.stream()
        .map(
            manifest -> {
              if (!manifest.id().equals(id)) {
                return manifest;
              }
              ObjectNode copy = manifest.node().deepCopy();
              change.accept(copy);
              return new Manifest(manifest.source(), copy);
            })
        .toList();
  }
}
