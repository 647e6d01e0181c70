package dev.skerry.local.mirror;

import dev.skerry.local.topic.Broker;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.AuthenticationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka cluster at one end of a flow.
 *
 * @param alias MirrorMaker's name for it: letters, digits, - and _
 * @param broker where it is reached, and how
 */
public record Cluster(String alias, Broker broker) {

  private static final Logger log = LoggerFactory.getLogger(Cluster.class);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  /** Checks the alias. */
  public Cluster {
    if (!alias.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException(
          "alias is \"" + alias + "\": use letters, digits, - and _");
    }
  }

  /** Where it is reached. */
  public String bootstrapServers() {
    return broker.address();
  }

  /** A client that gives up after ten seconds; the caller closes it. */
  Admin admin() {
    return admin(CALL_TIMEOUT);
  }

  private Admin admin(Duration timeout) {
    int timeoutMillis = (int) timeout.toMillis();
    return Admin.create(
        broker.client(
            Map.of("request.timeout.ms", timeoutMillis, "default.api.timeout.ms", timeoutMillis)));
  }

  /** Why no broker of it answers within two seconds; empty where one does. */
  public Optional<String> silence() throws InterruptedException {
    try (Admin admin = admin(PROBE_TIMEOUT)) {
      return admin.describeCluster().nodes().get().isEmpty()
          ? Optional.of("it names no broker")
          : Optional.empty();
    } catch (ExecutionException e) {
      log.debug("{} does not answer", broker, e);
      return Optional.of(explain(e.getCause()));
    }
  }

  /** Who shows a certificate that has run out is told no more than that something is wrong. */
  private String explain(@Nullable Throwable reason) {
    return new ShownCertificate(broker)
        .expired(Instant.now())
        .orElseGet(
            () ->
                reason instanceof AuthenticationException refusal
                    ? String.valueOf(refusal.getMessage())
                    : "no answer within " + PROBE_TIMEOUT.toSeconds() + " s");
  }
}
