package dev.skerry.schemas.access;

import dev.skerry.schemas.topic.Side;
import java.util.List;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Who a process is to a broker, and what it may do there: no more than it does.
 *
 * @param name the common name of its certificate, the only part of the subject
 * @param side whose broker it is
 * @param purpose for people
 * @param grants all that it may do
 */
public record KafkaUser(String name, Side side, String purpose, List<Grant> grants) {

  /** What {@link #describe} says of a resource that is not granted. */
  public static final String NOTHING = "nothing";

  /** Checks the name, which stands in certificates, manifests and file names. */
  public KafkaUser {
    if (!name.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
      throw new IllegalArgumentException(
          "A user cannot be called \"" + name + "\": use lower-case letters, digits, - and .");
    }
    grants = List.copyOf(grants);
  }

  /** The user's name at the broker, as the broker makes it from the certificate. */
  public String principal() {
    return principal(name);
  }

  /** The name at the broker of whoever has a certificate with this common name alone. */
  public static String principal(String commonName) {
    return "User:CN=" + commonName;
  }

  /** What its broker keeps of it. */
  public List<AclBinding> bindings() {
    return grants.stream().flatMap(grant -> grant.bindings(principal()).stream()).toList();
  }

  /** What it may do with a resource, for people. */
  public String describe(ResourceType type, String resource) {
    return grants.stream()
        .filter(grant -> grant.covers(type, resource))
        .map(grant -> String.join(", ", grant.operationNames()))
        .reduce((one, other) -> one + ", " + other)
        .orElse(NOTHING);
  }
}
