package dev.skerry.schemas.access;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** Users as Strimzi {@code KafkaUser} resources, each with a certificate and its ACLs. */
public final class UserManifests {

  /** As the base of the manifests calls a site; an overlay names the real one. */
  private static final String SITE = "site-a";

  private UserManifests() {}

  /** The users of a site, for a Strimzi cluster named {@code edge}. */
  public static String edge() {
    return manifests("edge", KafkaUsers.atTheEdge(List.of(MirrorNames.strimzi("cloud", SITE))));
  }

  /** The users of the cloud but for its sites, for a Strimzi cluster named {@code cloud}. */
  public static String cloud() {
    return manifests("cloud", KafkaUsers.inTheCloud());
  }

  /** A site as the cloud knows it: one of these for each. */
  public static String site() {
    return manifests(
        "cloud",
        List.of(
            KafkaUsers.siteMirror(
                SITE,
                List.of(
                    MirrorNames.strimzi(SITE, "cloud"),
                    MirrorNames.strimzi(SITE + "-bulk", "cloud")))));
  }

  private static String manifests(String cluster, List<KafkaUser> users) {
    return users.stream().map(user -> manifest(cluster, user)).collect(Collectors.joining("---\n"));
  }

  private static String manifest(String cluster, KafkaUser user) {
    return """
    # %s
    apiVersion: kafka.strimzi.io/v1
    kind: KafkaUser
    metadata:
      name: %s
      labels:
        strimzi.io/cluster: %s
    spec:
      authentication:
        type: tls
      authorization:
        type: simple
        acls:
    %s"""
        .formatted(
            sentence(user.purpose()),
            user.name(),
            cluster,
            user.grants().stream().map(UserManifests::acl).collect(Collectors.joining()));
  }

  private static String sentence(String purpose) {
    return purpose.substring(0, 1).toUpperCase(Locale.ROOT) + purpose.substring(1) + ".";
  }

  private static String acl(Grant grant) {
    return "      - resource: {%s}%n        operations: [%s]%n"
        .formatted(resource(grant), String.join(", ", grant.operationNames()));
  }

  private static String resource(Grant grant) {
    if (grant.resource().resourceType() == ResourceType.CLUSTER) {
      return "type: cluster"; // There is one, and Strimzi wants no name for it.
    }
    boolean isPrefix = grant.resource().patternType() == PatternType.PREFIXED;
    return "type: %s, name: \"%s\", patternType: %s"
        .formatted(grant.resourceType(), grant.resource().name(), isPrefix ? "prefix" : "literal");
  }
}
