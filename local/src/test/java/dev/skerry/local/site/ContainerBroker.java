package dev.skerry.local.site;

import dev.skerry.broker.BrokerProbe;
import dev.skerry.local.certificate.Authority;
import dev.skerry.local.topic.Broker;
import dev.skerry.schemas.access.KafkaUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * Kafka's own image with TLS and ACLs on every listener, reached at ports of this machine's
 * loopback address.
 */
final class ContainerBroker implements AutoCloseable {

  static final String IMAGE = "apache/kafka:4.3.1";

  private static final String SECRETS = "/etc/kafka/secrets/";
  private static final int FIRST_PORT = 9100;
  private static final int READABLE = 0644;

  private final GenericContainer<?> container;
  private final Map<Integer, Integer> inside;

  private ContainerBroker(GenericContainer<?> container, Map<Integer, Integer> inside) {
    this.container = container;
    this.inside = inside;
  }

  /**
   * Starts one; it may not answer yet.
   *
   * @param authority who signs its certificate and its clients'
   * @param name its own common name
   * @param ports of the loopback address, a listener for each
   */
  static ContainerBroker start(Path authority, String name, int... ports) throws IOException {
    List<String> bindings = new ArrayList<>();
    Map<Integer, Integer> inside = new HashMap<>();
    for (int i = 0; i < ports.length; i++) {
      inside.put(ports[i], FIRST_PORT + i);
      bindings.add("127.0.0.1:%d:%d".formatted(ports[i], FIRST_PORT + i));
    }
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(IMAGE))
            .withEnv(environment(name, ports))
            .withCopyToContainer(
                secret(Authority.certificate(authority, name)), SECRETS + "own.pem")
            .withCopyToContainer(secret(Authority.trusted(authority)), SECRETS + "ca.pem")
            .waitingFor(Wait.forSuccessfulCommand("true"));
    container.setPortBindings(bindings);
    container.start();
    return new ContainerBroker(container, inside);
  }

  private static Transferable secret(Path file) throws IOException {
    return Transferable.of(Files.readAllBytes(file), READABLE);
  }

  private static Map<String, String> environment(String name, int[] ports) {
    List<String> listeners = new ArrayList<>();
    List<String> advertised = new ArrayList<>();
    List<String> protocols = new ArrayList<>();
    for (int i = 0; i < ports.length; i++) {
      listeners.add("TLS%d://:%d".formatted(i, FIRST_PORT + i));
      advertised.add("TLS%d://127.0.0.1:%d".formatted(i, ports[i]));
      protocols.add("TLS%d:SSL".formatted(i));
    }
    // Its own way to itself, since the advertised ports are none within the container.
    listeners.addAll(List.of("ITSELF://localhost:9092", "CONTROLLER://localhost:9093"));
    advertised.add("ITSELF://localhost:9092");
    protocols.addAll(List.of("ITSELF:SSL", "CONTROLLER:SSL"));
    String superUsers =
        KafkaUser.principal(name) + ";" + KafkaUser.principal(SiteCertificates.KEEPER);
    return Map.ofEntries(
        Map.entry("CLUSTER_ID", "c2tlcnJ5LWNvbnRhaW5lcg"),
        Map.entry("KAFKA_NODE_ID", "1"),
        Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
        Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093"),
        Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
        Map.entry("KAFKA_INTER_BROKER_LISTENER_NAME", "ITSELF"),
        Map.entry("KAFKA_LISTENERS", String.join(",", listeners)),
        Map.entry("KAFKA_ADVERTISED_LISTENERS", String.join(",", advertised)),
        Map.entry("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", String.join(",", protocols)),
        Map.entry("KAFKA_SSL_KEYSTORE_TYPE", "PEM"),
        Map.entry("KAFKA_SSL_KEYSTORE_LOCATION", SECRETS + "own.pem"),
        Map.entry("KAFKA_SSL_TRUSTSTORE_TYPE", "PEM"),
        Map.entry("KAFKA_SSL_TRUSTSTORE_LOCATION", SECRETS + "ca.pem"),
        Map.entry("KAFKA_SSL_CLIENT_AUTH", "required"),
        Map.entry(
            "KAFKA_AUTHORIZER_CLASS_NAME",
            "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
        Map.entry("KAFKA_SUPER_USERS", superUsers),
        Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
        Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
        Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
        Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
        Map.entry("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"),
        Map.entry("KAFKA_HEAP_OPTS", "-Xms128m -Xmx256m"));
  }

  /** Waits until it answers the keeper of the site, and returns the keeper's client. */
  Admin awaitAnswer(Broker asKeeper) throws InterruptedException {
    Admin admin = BrokerProbe.admin(asKeeper.client());
    if (!BrokerProbe.awaitAnswer(admin, () -> {})) {
      admin.close();
      throw new AssertionError("The broker does not answer:\n" + container.getLogs());
    }
    return admin;
  }

  /** From now on, what comes in at this port of the loopback address goes nowhere. */
  DroppedPackets drop(int port) throws Exception {
    Integer within = inside.get(port);
    if (within == null) {
      throw new IllegalArgumentException("There is no listener at port " + port);
    }
    return DroppedPackets.at(container, within);
  }

  @Override
  public void close() {
    container.stop();
  }
}
