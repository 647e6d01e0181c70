package dev.skerry.service;

import dev.skerry.schemas.access.KafkaUser;
import dev.skerry.schemas.access.KafkaUsers;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What a broker refused, in one sentence that says what the user would need: Kafka's own errors do
 * not name the operation, and a transactional id not at all.
 *
 * <p>Immutable.
 *
 * @param user the process's name at the brokers; empty where it has none
 */
public record AccessRefusal(Optional<String> user) {

  /** Empty where it was nothing of the kind. */
  public Optional<String> explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SslAuthenticationException tls) {
        return Optional.of(
            "Kafka's broker and this process do not take each other's certificates ("
                + tls.getMessage()
                + "); look at kafka.ssl.keystore.location and kafka.ssl.truststore.location");
      }
      if (cause instanceof AuthorizationException refused) {
        return Optional.of(explain(refused));
      }
    }
    return Optional.empty();
  }

  private String explain(AuthorizationException refused) {
    String who = user.map(name -> "the user " + name).orElse("a client without a certificate");
    return "Kafka does not let "
        + who
        + " do that: "
        + String.join("; ", needs(refused))
        + " (docs/security.md has all grants)";
  }

  private List<String> needs(AuthorizationException refused) {
    if (refused instanceof TopicAuthorizationException topics) {
      return topics.unauthorizedTopics().isEmpty()
          ? all(ResourceType.TOPIC)
          : needs(ResourceType.TOPIC, topics.unauthorizedTopics());
    }
    if (refused instanceof GroupAuthorizationException group) {
      return needs(ResourceType.GROUP, List.of(String.valueOf(group.groupId())));
    }
    if (refused instanceof TransactionalIdAuthorizationException) {
      return all(ResourceType.TRANSACTIONAL_ID);
    }
    return refused instanceof ClusterAuthorizationException
        ? all(ResourceType.CLUSTER)
        : List.of(String.valueOf(refused.getMessage()));
  }

  private List<String> needs(ResourceType type, Collection<String> names) {
    return names.stream()
        .sorted()
        .map(
            name ->
                "it needs "
                    + users()
                        .map(described -> described.describe(type, name))
                        .filter(operations -> !operations.equals(KafkaUser.NOTHING))
                        .findFirst()
                        .orElse("what nobody foresaw")
                    + " on "
                    + word(type)
                    + " "
                    + name)
        .toList();
  }

  private List<String> all(ResourceType type) {
    String grants =
        users()
            .flatMap(described -> described.grants().stream())
            .filter(grant -> grant.resource().resourceType() == type)
            .map(grant -> grant.describe())
            .distinct()
            .collect(Collectors.joining(", "));
    return List.of("it needs " + (grants.isEmpty() ? "a grant on " + word(type) : grants));
  }

  /** As the description knows this one, at the edge and in the cloud. */
  private Stream<KafkaUser> users() {
    return Stream.of(KafkaUsers.atTheEdge(List.of()), KafkaUsers.inTheCloud())
        .flatMap(List::stream)
        .filter(described -> user.filter(described.name()::equals).isPresent());
  }

  private static String word(ResourceType type) {
    return type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
