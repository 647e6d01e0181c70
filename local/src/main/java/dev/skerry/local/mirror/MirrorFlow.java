package dev.skerry.local.mirror;

import dev.skerry.schemas.topic.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The one description of what crosses the link, and MirrorMaker's settings made from it.
 *
 * <p>Topics keep their names, partition numbers and timestamps. Each record arrives exactly once
 * for a {@code read_committed} reader, whatever is killed or cut. No topic is ever mirrored in both
 * directions, because with equal names MirrorMaker could not see the loop.
 *
 * @param alias the site's name at the cloud broker, unique among all sites that share it
 * @param edge bootstrap servers of the site
 * @param cloud bootstrap servers of the cloud, as the mirror reaches them
 * @param topics what is mirrored, at least one
 */
public record MirrorFlow(String alias, String edge, String cloud, List<Topic> topics) {

  static final String CLOUD_ALIAS = "cloud";

  /** Checks that there is something to mirror and somewhere to mirror it to. */
  public MirrorFlow {
    topics = List.copyOf(topics);
    if (topics.isEmpty()) {
      throw new IllegalArgumentException("topics is empty: name what is mirrored");
    }
    if (alias.equals(CLOUD_ALIAS) || !alias.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException(
          "alias is \"" + alias + "\": use letters, digits, - and _, and not " + CLOUD_ALIAS);
    }
    if (edge.equals(cloud)) {
      throw new IllegalArgumentException("edge and cloud are both " + edge + ": a loop");
    }
  }

  Map<String, String> mirrorMakerSettings() {
    String flow = alias + "->" + CLOUD_ALIAS + ".";
    Map<String, String> settings = new HashMap<>();
    settings.put("clusters", alias + "," + CLOUD_ALIAS);
    settings.put(alias + ".bootstrap.servers", edge);
    settings.put(CLOUD_ALIAS + ".bootstrap.servers", cloud);
    settings.put(flow + "enabled", "true");
    settings.put(flow + "topics", topicNames());
    settings.put(flow + "groups", "");
    settings.put(CLOUD_ALIAS + "->" + alias + ".enabled", "false");
    settings.put(
        "replication.policy.class", "org.apache.kafka.connect.mirror.IdentityReplicationPolicy");
    settings.put("tasks.max", "2");
    settings.putAll(nothingButRecords());
    settings.putAll(exactlyOnce(flow));
    settings.putAll(internalTopics());
    settings.putAll(thinLink());
    return settings;
  }

  private String topicNames() {
    return topics.stream().map(Topic::name).collect(Collectors.joining(","));
  }

  /**
   * Topics are made beforehand with settings of their own, and nobody follows group offsets.
   * MirrorMaker logs an error about its checkpoint connector then, once, and goes on without it.
   */
  private static Map<String, String> nothingButRecords() {
    return Map.of(
        "emit.heartbeats.enabled", "false", // Else a second herder runs from cloud to edge.
        "emit.checkpoints.enabled", "false",
        "emit.offset-syncs.enabled", "false",
        "sync.group.offsets.enabled", "false",
        "refresh.groups.enabled", "false",
        "sync.topic.configs.enabled", "false",
        "sync.topic.acls.enabled", "false",
        "refresh.topics.interval.seconds", "60");
  }

  private Map<String, String> exactlyOnce(String flow) {
    return Map.ofEntries(
        Map.entry(CLOUD_ALIAS + ".exactly.once.source.support", "enabled"),
        // Exactly once needs workers that can speak to each other, even where there is one.
        Map.entry("dedicated.mode.enable.internal.rest", "true"),
        Map.entry("listeners", "http://127.0.0.1:0"),
        // Else records of aborted transactions would be copied.
        Map.entry(alias + ".consumer.isolation.level", "read_committed"),
        Map.entry(alias + ".consumer.auto.offset.reset", "earliest"),
        // Else the tasks stay idle for five minutes after a cut.
        Map.entry(CLOUD_ALIAS + ".scheduled.rebalance.max.delay.ms", "0"),
        Map.entry(CLOUD_ALIAS + ".plugin.discovery", "service_load"),
        Map.entry(flow + "transaction.boundary", "interval"),
        Map.entry(flow + "transaction.boundary.interval.ms", "1000"));
  }

  private static Map<String, String> internalTopics() {
    return Map.of(
        "replication.factor", "1",
        "heartbeats.topic.replication.factor", "1",
        "offset.storage.replication.factor", "1",
        "offset.storage.partitions", "1",
        "status.storage.replication.factor", "1",
        "status.storage.partitions", "1",
        "config.storage.replication.factor", "1");
  }

  private Map<String, String> thinLink() {
    int largestBytes = topics.stream().mapToInt(Topic::maxMessageBytes).max().orElseThrow();
    return Map.of(
        CLOUD_ALIAS + ".producer.compression.type", "zstd",
        CLOUD_ALIAS + ".producer.batch.size", "262144",
        CLOUD_ALIAS + ".producer.linger.ms", "100",
        CLOUD_ALIAS + ".producer.max.request.size", Integer.toString(largestBytes),
        alias + ".consumer.max.poll.records", "5000");
  }
}
