package dev.skerry.broker;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Kafka's settings for a site of one node: replication 1, quick to start, small in memory. */
final class NodeProperties {

  static final String CONTROLLER_LISTENER = "CONTROLLER";
  static final String LISTENER_PREFIX = "skerry.listener.";
  static final String BOUND_SUFFIX = ".bound";
  static final String ADVERTISED_SUFFIX = ".advertised";

  private static final String NODE_ID = "1";

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("process.roles", "broker,controller"),
          Map.entry("node.id", NODE_ID),
          Map.entry("controller.listener.names", CONTROLLER_LISTENER),
          // One node: nothing to replicate to, neither for topics nor for Kafka's own.
          Map.entry("default.replication.factor", "1"),
          Map.entry("min.insync.replicas", "1"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("offsets.topic.num.partitions", "5"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.state.log.num.partitions", "5"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.num.partitions", "1"),
          // A topic that is not in the catalogue is a mistake, not a wish.
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          // A transaction that begins while the markers of the one before are being written waits
          // this long and tries again: at the default of 20 ms longer than it works.
          Map.entry("add.partitions.to.txn.retry.backoff.ms", "1"),
          // A producer that died blocks read_committed readers for its timeout and one second.
          Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
          // After kill -9 a restart waits until its own earlier session has run out.
          Map.entry("broker.session.timeout.ms", "3000"),
          Map.entry("broker.heartbeat.interval.ms", "500"),
          Map.entry("server.max.startup.time.ms", "120000"),
          Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
          // Whoever lowers a topic's retention because the disk nears full cannot wait for 5 min.
          Map.entry("log.retention.check.interval.ms", "30000"),
          Map.entry("num.network.threads", "2"),
          Map.entry("num.io.threads", "4"),
          Map.entry("background.threads", "2"));

  private NodeProperties() {}

  static Properties of(KafkaNode.Settings settings, NodePorts ports) {
    Properties properties = new Properties();
    properties.putAll(DEFAULTS);
    settings.security().ifPresent(security -> properties.putAll(security.properties()));
    boolean isSecure = settings.security().isPresent();
    String listener = isSecure ? "TLS" : "PLAINTEXT";
    String protocol = isSecure ? ":SSL" : ":PLAINTEXT";
    properties.put("inter.broker.listener.name", listener);
    properties.put("log.dirs", settings.dataDir().toString());
    String controller = settings.host() + ":" + ports.controller();
    properties.put("controller.quorum.voters", NODE_ID + "@" + controller);
    String client = settings.host() + ":" + ports.broker();
    StringBuilder bound = new StringBuilder(listener + "://" + client);
    StringBuilder advertised = new StringBuilder(listener + "://" + client);
    StringBuilder protocols =
        new StringBuilder(listener + protocol + "," + CONTROLLER_LISTENER + protocol);
    for (Map.Entry<String, String> entry : new TreeMap<>(settings.properties()).entrySet()) {
      String key = entry.getKey();
      if (!key.startsWith(LISTENER_PREFIX)) {
        properties.put(key, entry.getValue());
      } else if (key.endsWith(BOUND_SUFFIX)) {
        String name = listenerName(key, BOUND_SUFFIX);
        bound.append(',').append(name).append("://").append(entry.getValue());
        protocols.append(',').append(name).append(protocol);
      } else {
        String name = listenerName(key, ADVERTISED_SUFFIX);
        advertised.append(',').append(name).append("://").append(entry.getValue());
      }
    }
    bound.append(",CONTROLLER://").append(controller);
    properties.putIfAbsent("listeners", bound.toString());
    properties.putIfAbsent("advertised.listeners", advertised.toString());
    properties.putIfAbsent("listener.security.protocol.map", protocols.toString());
    return properties;
  }

  private static String listenerName(String key, String suffix) {
    return key.substring(LISTENER_PREFIX.length(), key.length() - suffix.length());
  }
}
