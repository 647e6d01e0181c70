package dev.skerry.schemas.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What a user may do with a resource. To read or write is to describe too, for Kafka.
 *
 * @param resource a topic, a group, a transactional id or the cluster, or all whose names begin so
 * @param operations one and more
 */
public record Grant(ResourcePattern resource, Set<AclOperation> operations) {

  private static final String FROM_ANYWHERE = "*";

  /** Checks that something is granted. */
  public Grant {
    if (operations.isEmpty()) {
      throw new IllegalArgumentException("operations is empty: grant something on " + resource);
    }
    operations = Collections.unmodifiableSet(EnumSet.copyOf(operations));
  }

  static Grant on(ResourceType type, String name, AclOperation... operations) {
    return of(type, name, PatternType.LITERAL, operations);
  }

  static Grant onAll(ResourceType type, String prefix, AclOperation... operations) {
    return of(type, prefix, PatternType.PREFIXED, operations);
  }

  private static Grant of(
      ResourceType type, String name, PatternType pattern, AclOperation... operations) {
    return new Grant(new ResourcePattern(type, name, pattern), Set.of(operations));
  }

  /** As Kafka's brokers keep it, one for each operation. */
  public List<AclBinding> bindings(String principal) {
    return operations.stream()
        .map(
            operation ->
                new AclBinding(
                    resource,
                    new AccessControlEntry(
                        principal, FROM_ANYWHERE, operation, AclPermissionType.ALLOW)))
        .toList();
  }

  /** Whether it says something of a resource. */
  boolean covers(ResourceType type, String name) {
    return resource.resourceType() == type
        && (resource.patternType() == PatternType.PREFIXED
            ? name.startsWith(resource.name())
            : name.equals(resource.name())
                || resource.name().equals(ResourcePattern.WILDCARD_RESOURCE));
  }

  /** For example {@code topic detections: Read, Write}. */
  public String describe() {
    return resourceType() + " " + describeName() + ": " + String.join(", ", operationNames());
  }

  /** The resource's name, with {@code *} after one that others begin with. */
  String describeName() {
    boolean isPrefix = resource.patternType() == PatternType.PREFIXED;
    return resource.name() + (isPrefix ? "*" : "");
  }

  /** What it is, as Strimzi calls it. */
  String resourceType() {
    return camelCase(resource.resourceType().name(), /* startsLow= */ true);
  }

  /** As Strimzi calls them, in Kafka's order. */
  List<String> operationNames() {
    return operations.stream()
        .map(operation -> camelCase(operation.name(), /* startsLow= */ false))
        .toList();
  }

  private static String camelCase(String constant, boolean startsLow) {
    String joined =
        List.of(constant.split("_")).stream()
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
    return startsLow
        ? joined.substring(0, 1).toLowerCase(Locale.ROOT) + joined.substring(1)
        : joined;
  }
}
