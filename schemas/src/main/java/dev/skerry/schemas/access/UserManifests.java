package dev.skerry.schemas.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Users as Strimzi {@code KafkaUser} resources, each with a certificate, its ACLs, and a quota
 * where one of many could take what all of them need.
 */
public final class UserManifests {

  /** As the base of the manifests calls a site; an overlay names the real one. */
  private static final String SITE = "site-a";

  private static final String PRODUCES = "producerByteRate";
  private static final String CONSUMES = "consumerByteRate";
  private static final String REQUESTS = "requestPercentage";
  private static final long MEBIBYTE = 1 << 20;

  private UserManifests() {}

  /** The users of a site, for a Strimzi cluster named {@code edge}. */
  public static String edge() {
    List<KafkaUser> users =
        new ArrayList<>(KafkaUsers.atTheEdge(List.of(MirrorNames.strimzi("cloud", SITE))));
    users.add(KafkaUsers.bulkMirror());
    return manifests("edge", users);
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
            user.grants().stream().map(UserManifests::acl).collect(Collectors.joining())
                + quotas(user));
  }

  private static String quotas(KafkaUser user) {
    Map<String, Long> bounds = bounds(user);
    return bounds.isEmpty()
        ? ""
        : bounds.entrySet().stream()
            .map(bound -> "    %s: %d%n".formatted(bound.getKey(), bound.getValue()))
            .collect(Collectors.joining("", "  quotas:%n".formatted(), ""));
  }

  /** For each broker; what others share is not for one alone to use up. */
  private static Map<String, Long> bounds(KafkaUser user) {
    if (user.name().equals(KafkaUsers.SOURCE)) {
      return Map.of(PRODUCES, 10 * MEBIBYTE);
    }
    if (user.name().equals(KafkaUsers.BULK_MIRROR)) {
      return Map.of(CONSUMES, MEBIBYTE);
    }
    if (user.name().equals(KafkaUsers.siteMirrorName(SITE))) {
      return new TreeMap<>(Map.of(PRODUCES, 5 * MEBIBYTE, REQUESTS, 25L));
    }
    return Map.of();
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
