package dev.skerry.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skerry.schemas.access.Grant;
import dev.skerry.schemas.access.KafkaUser;
import dev.skerry.schemas.access.KafkaUsers;
import dev.skerry.schemas.access.MirrorNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Whether the users of a render may do what the services do, and no more: what they do is described
 * in code, and services run with exactly that in a test of the secure site.
 */
final class Grants {

  private static final String SITE_MIRROR = KafkaUsers.siteMirrorName("");

  private Grants() {}

  /** The ACLs that are missing, those that are too many, and users that are not there. */
  static List<String> problems(List<Manifest> rendered) {
    List<String> problems = new ArrayList<>();
    for (KafkaUser described : described(rendered)) {
      rendered.stream()
          .filter(manifest -> manifest.id().equals("KafkaUser/" + described.name()))
          .findFirst()
          .ifPresentOrElse(
              manifest -> compare(manifest, described, problems),
              () -> problems.add("there is no KafkaUser/" + described.name()));
    }
    return problems;
  }

  private static List<KafkaUser> described(List<Manifest> rendered) {
    if (rendered.stream().anyMatch(manifest -> manifest.id().equals("Kafka/edge"))) {
      String site =
          rendered.stream()
              .filter(manifest -> manifest.id().equals("KafkaMirrorMaker2/mirror-urgent"))
              .map(manifest -> manifest.node().at("/spec/mirrors/0/source/alias").asText())
              .findFirst()
              .orElseThrow();
      List<KafkaUser> users =
          new ArrayList<>(KafkaUsers.atTheEdge(List.of(MirrorNames.strimzi("cloud", site))));
      users.add(KafkaUsers.bulkMirror());
      return users;
    }
    return Stream.concat(
            KafkaUsers.inTheCloud().stream(),
            rendered.stream()
                .filter(manifest -> manifest.kind().equals("KafkaUser"))
                .filter(manifest -> manifest.name().startsWith(SITE_MIRROR))
                .map(manifest -> site(manifest.name().substring(SITE_MIRROR.length()))))
        .toList();
  }

  private static KafkaUser site(String name) {
    return KafkaUsers.siteMirror(
        name,
        List.of(MirrorNames.strimzi(name, "cloud"), MirrorNames.strimzi(name + "-bulk", "cloud")));
  }

  private static void compare(Manifest manifest, KafkaUser described, List<String> problems) {
    Set<String> wanted = new TreeSet<>();
    described.grants().forEach(grant -> wanted.addAll(words(grant)));
    Set<String> given = new TreeSet<>();
    Manifest.items(manifest.node().at("/spec/authorization/acls"))
        .forEach(acl -> given.addAll(words(acl)));
    wanted.stream()
        .filter(grant -> !given.contains(grant))
        .forEach(grant -> problems.add(manifest + ": it lacks " + grant));
    given.stream()
        .filter(grant -> !wanted.contains(grant))
        .forEach(grant -> problems.add(manifest + ": it needs no " + grant));
  }

  private static List<String> words(Grant grant) {
    ResourceType type = grant.resource().resourceType();
    String name =
        type == ResourceType.CLUSTER
            ? ""
            : grant.resource().name()
                + " "
                + grant.resource().patternType().name().replace("PREFIXED", "PREFIX");
    return grant.operations().stream()
        .map(operation -> plain(operation.name()) + " on " + plain(type.name()) + " " + plain(name))
        .toList();
  }

  private static List<String> words(JsonNode acl) {
    JsonNode resource = acl.path("resource");
    String name =
        resource.has("name")
            ? resource.path("name").asText() + " " + resource.path("patternType").asText()
            : "";
    return Manifest.items(acl.path("operations"))
        .map(
            operation ->
                plain(operation.asText())
                    + " on "
                    + plain(resource.path("type").asText())
                    + " "
                    + plain(name))
        .toList();
  }

  private static String plain(String word) {
    return word.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
