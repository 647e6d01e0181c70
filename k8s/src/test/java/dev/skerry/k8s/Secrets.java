package dev.skerry.k8s;

import java.util.Set;

/**
 * Which Secrets there are once all resources of a render are applied: those that Strimzi's
 * operators make of them, those that are brought from the cloud, and those that people make.
 */
final class Secrets {

  private static final String OF_AN_AUTHORITY = "-cluster-ca-cert";

  /** What the cloud gives a site: its authority, and the site's user there. */
  private static final String FROM_THE_CLOUD = "cloud-cluster-ca-cert|mirror-[a-z0-9-]+";

  private static final Set<String> MADE_BY_HAND =
      Set.of("gateway-tls", "seal-key", "fleet-key", "release-key");

  private Secrets() {}

  static boolean isThere(Set<String> ids, String name) {
    return MADE_BY_HAND.contains(name) || isOfAUser(ids, name) || isOfAnAuthority(ids, name);
  }

  static boolean isOfAUser(Set<String> ids, String name) {
    return ids.contains("KafkaUser/" + name) || (isASite(ids) && name.matches(FROM_THE_CLOUD));
  }

  static boolean isOfAnAuthority(Set<String> ids, String name) {
    return name.endsWith(OF_AN_AUTHORITY)
        && (ids.contains("Kafka/" + name.substring(0, name.length() - OF_AN_AUTHORITY.length()))
            || (isASite(ids) && name.matches(FROM_THE_CLOUD)));
  }

  private static boolean isASite(Set<String> ids) {
    return ids.contains("Kafka/edge");
  }
}
