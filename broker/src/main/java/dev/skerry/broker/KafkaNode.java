package dev.skerry.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka node that runs in this JVM: broker and controller in one, on one directory.
 *
 * <p>Several nodes may run in one JVM, each on a directory and ports of its own. A node that was
 * closed can be started again on the same directory and keeps its records. {@link #close} may be
 * called from any thread and more than once.
 */
public final class KafkaNode implements AutoCloseable {

  private static final int FREE_PORT_ATTEMPTS = 5;

  private final KafkaRaftServer server;
  private final NodePorts ports;
  private final Settings settings;
  private boolean closed;

  private KafkaNode(KafkaRaftServer server, NodePorts ports, Settings settings) {
    this.server = server;
    this.ports = ports;
    this.settings = settings;
  }

  /**
   * Starts a node and returns when it answers; an empty directory is formatted first.
   *
   * @throws PortTakenException when a port of the settings is in use
   * @throws KafkaNodeException when the node cannot start for another reason
   */
  public static KafkaNode start(Settings settings) {
    for (int attempt = 1; ; attempt++) {
      NodePorts ports = NodePorts.choose(settings);
      try {
        return startOn(ports, settings);
      } catch (KafkaNodeException e) {
        // Between choosing a free port and binding it, somebody else may have taken it.
        boolean lostTheRace = settings.hasFreePorts() && ports.anyTaken(settings.host());
        if (!lostTheRace || attempt == FREE_PORT_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static KafkaNode startOn(NodePorts ports, Settings settings) {
    HaltGuard.install();
    KafkaConfig config = new KafkaConfig(NodeProperties.of(settings, ports), false);
    KafkaRaftServer server = null;
    try {
      format(settings.dataDir(), config);
      server = new KafkaRaftServer(config, Time.SYSTEM);
      server.startup();
      return new KafkaNode(server, ports, settings);
    } catch (Exception e) {
      if (server != null) {
        stopHalfStarted(server, e);
      }
      throw new KafkaNodeException(
          "The Kafka node on " + settings.dataDir() + " did not start: " + e.getMessage(), e);
    }
  }

  private static void stopHalfStarted(KafkaRaftServer server, Exception reason) {
    try {
      server.shutdown();
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  private static void format(Path dataDir, KafkaConfig config) throws Exception {
    if (Files.exists(dataDir.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
      return;
    }
    Files.createDirectories(dataDir);
    new Formatter()
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(config.nodeId())
        .setControllerListenerName(NodeProperties.CONTROLLER_LISTENER)
        .setMetadataLogDirectory(config.metadataLogDir())
        .setDirectories(config.logDirs())
        .run();
  }

  /** Where clients connect, for example {@code 127.0.0.1:19092}. */
  public String bootstrapServers() {
    return settings.host() + ":" + ports.broker();
  }

  /** The port for clients, also where the settings left the choice to the node. */
  public int port() {
    return ports.broker();
  }

  /** Blocks until the node has stopped. */
  public void awaitStop() {
    server.awaitShutdown();
  }

  /** Stops the node; its data stays. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.shutdown();
    server.awaitShutdown();
  }

  /**
   * How a node runs.
   *
   * @param dataDir holds everything that the node keeps; one node at a time
   * @param host the address it binds and advertises
   * @param port for clients, 0 to 65535; 0 picks a free one at each start
   * @param controllerPort for the node itself, 0 to 65535; 0 picks a free one at each start
   * @param properties Kafka's own broker settings, which win over the ones of {@link KafkaNode};
   *     further listeners are added here under {@code listeners} and {@code advertised.listeners}
   *     (see {@link #withListener})
   * @param security TLS and ACLs on all listeners; empty for plain ones, open to all who reach them
   */
  public record Settings(
      Path dataDir,
      String host,
      int port,
      int controllerPort,
      Map<String, String> properties,
      Optional<NodeSecurity> security) {

    /** Checks the host and the ports. */
    public Settings {
      if (host.isBlank()) {
        throw new IllegalArgumentException("host is blank: give an address such as 127.0.0.1");
      }
      requirePort("port", port);
      requirePort("controllerPort", controllerPort);
      if (port != 0 && port == controllerPort) {
        throw new IllegalArgumentException(
            "port and controllerPort are both " + port + ": give them different numbers");
      }
      properties = Map.copyOf(properties);
    }

    /** A node on loopback with free ports. */
    public static Settings of(Path dataDir) {
      return new Settings(dataDir, "127.0.0.1", 0, 0, Map.of(), Optional.empty());
    }

    /** The same with another address to bind and advertise. */
    public Settings withHost(String newHost) {
      return new Settings(dataDir, newHost, port, controllerPort, properties, security);
    }

    /** The same with another port for clients; 0 picks a free one. */
    public Settings withPort(int newPort) {
      return new Settings(dataDir, host, newPort, controllerPort, properties, security);
    }

    /** The same with another port for the controller; 0 picks a free one. */
    public Settings withControllerPort(int newPort) {
      return new Settings(dataDir, host, port, newPort, properties, security);
    }

    /** The same with more of Kafka's own broker settings. */
    public Settings withProperties(Map<String, String> more) {
      Map<String, String> merged = new HashMap<>(properties);
      merged.putAll(more);
      return new Settings(dataDir, host, port, controllerPort, merged, security);
    }

    /** The same with TLS and ACLs, and with nothing else. */
    public Settings withSecurity(NodeSecurity newSecurity) {
      return new Settings(
          dataDir, host, port, controllerPort, properties, Optional.of(newSecurity));
    }

    /**
     * The same with one more listener of the same kind: bound at one port and advertised at another
     * address, for example that of a proxy in front of it.
     */
    public Settings withListener(String name, int boundPort, String advertisedAddress) {
      requirePort(name, boundPort);
      return withProperties(
          Map.of(
              NodeProperties.LISTENER_PREFIX + name + NodeProperties.BOUND_SUFFIX,
              host + ":" + boundPort,
              NodeProperties.LISTENER_PREFIX + name + NodeProperties.ADVERTISED_SUFFIX,
              advertisedAddress));
    }

    boolean hasFreePorts() {
      return port == 0 || controllerPort == 0;
    }

    private static void requirePort(String name, int port) {
      if (port < 0 || port > 65535) {
        throw new IllegalArgumentException(
            name + " is " + port + ": give a number from 0 (any free port) to 65535");
      }
    }
  }
}
