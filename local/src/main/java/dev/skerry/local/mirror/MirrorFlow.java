package dev.skerry.local.mirror;

import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What crosses the link one way with clients of its own, and MirrorMaker's settings for it.
 *
 * <p>Topics keep their names, partition numbers and timestamps. Each record arrives exactly once
 * for a {@code read_committed} reader, whatever is killed or cut.
 *
 * @param name for people and metrics
 * @param source where the topics are written
 * @param target where they go; the offsets of the flow are kept there, by the source's alias
 * @param topics what is mirrored, at least one
 * @param maxBytesPerSecond how much is read at most, as the source stores it; empty for no bound
 * @param compression on the link
 * @param groups patterns of the names of groups at the source that find their place at the target
 */
public record MirrorFlow(
    String name,
    Cluster source,
    Cluster target,
    List<Topic> topics,
    OptionalLong maxBytesPerSecond,
    Compression compression,
    List<String> groups) {

  /**
   * How long a flow that vanished inside a transaction holds back the readers of other sites'
   * records. A flow that is cut for longer is fenced, and built anew when the link is back.
   */
  static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

  /**
   * After how long without a word the target's broker takes a mirror for dead, the shortest that
   * brokers allow by default: one that was killed is followed by the next only then.
   */
  static final Duration DEAD_AFTER = Duration.ofSeconds(6);

  /** How often groups are asked for their place. */
  static final Duration PLACES_EVERY = Duration.ofSeconds(5);

  /** How many records a group that has read all may read again at the target. */
  private static final String PLACES_OFF_BY = "10";

  /** A flow that is stopped waits for each of its readers so long, one after the other. */
  private static final Duration LONGEST_FETCH = Duration.ofSeconds(2);

  private static final int TASKS = 1;

  /** Checks that there is something to mirror and somewhere else to mirror it to. */
  public MirrorFlow {
    topics = List.copyOf(topics);
    groups = List.copyOf(groups);
    if (topics.isEmpty()) {
      throw new IllegalArgumentException("topics is empty: name what is mirrored");
    }
    if (source.alias().equals(target.alias())) {
      throw new IllegalArgumentException(
          "source and target are both named " + source.alias() + ": give each a name of its own");
    }
    if (source.bootstrapServers().equals(target.bootstrapServers())) {
      throw new IllegalArgumentException(
          "source and target are both " + source.bootstrapServers() + ": a loop");
    }
  }

  /** Whether it brings the cloud's topics to the site. */
  boolean comesDown() {
    return topics.stream().allMatch(topic -> topic.home() == Side.CLOUD);
  }

  /** Whether groups find their place at the target. */
  boolean carriesGroups() {
    return !groups.isEmpty();
  }

  /** The names of its topics. */
  public List<String> topicNames() {
    return topics.stream().map(Topic::name).toList();
  }

  /** Names the flow's group at the target, and the topics of its state, where Strimzi runs it. */
  String operatedName() {
    return source.alias() + "-mirror";
  }

  /** {@link #offsetsTopic} where Strimzi runs the flow. */
  public String operatedOffsetsTopic() {
    return operatedName() + "-offsets";
  }

  /** The largest batch that one of its topics takes. */
  int largestBytes() {
    return topics.stream().mapToInt(Topic::maxMessageBytes).max().orElseThrow();
  }

  /** The topic at the target in which MirrorMaker keeps how far the flow is; one partition. */
  public String offsetsTopic() {
    return "mm2-offsets." + source.alias() + ".internal";
  }

  /** The client id with which the flow's task reads, as MirrorMaker makes it. */
  String readerId() {
    return source.alias() + "->" + target.alias() + "|MirrorSourceConnector-0|replication-consumer";
  }

  /** The client id with which the flow's task writes; MirrorMaker's own is the same in each. */
  String writerId() {
    return source.alias() + "->" + target.alias() + "|writer";
  }

  Map<String, String> mirrorMakerSettings() {
    String flow = source.alias() + "->" + target.alias() + ".";
    Map<String, String> settings = new HashMap<>();
    settings.put("clusters", source.alias() + "," + target.alias());
    source
        .broker()
        .client()
        .forEach((key, value) -> settings.put(source.alias() + "." + key, value));
    target
        .broker()
        .client()
        .forEach((key, value) -> settings.put(target.alias() + "." + key, value));
    settings.put(flow + "enabled", "true");
    settings.put(flow + "topics", topicNames().stream().collect(Collectors.joining(",")));
    settings.put(target.alias() + "->" + source.alias() + ".enabled", "false");
    settings.put(
        "replication.policy.class", "org.apache.kafka.connect.mirror.IdentityReplicationPolicy");
    settings.put("tasks.max", Integer.toString(TASKS));
    // Else every class on the class path is read at each start, for seconds and 100 MB.
    settings.put("plugin.discovery", "service_load");
    settings.putAll(nothingButRecords());
    settings.putAll(places(flow));
    settings.putAll(exactlyOnce(flow));
    settings.putAll(internalTopics());
    settings.putAll(thinLink());
    return settings;
  }

  /** Topics are made beforehand with settings of their own. */
  private static Map<String, String> nothingButRecords() {
    return Map.of(
        "emit.heartbeats.enabled", "false", // Else a second herder runs the other way.
        "sync.topic.configs.enabled", "false",
        "sync.topic.acls.enabled", "false",
        "refresh.topics.interval.seconds", "60");
  }

  /**
   * The place of each group: which offset at the target stands for which at the source is kept at
   * the source, so that only the places themselves cross the link. Where nobody wants them
   * MirrorMaker logs an error about its checkpoint connector, once, and goes on without it.
   */
  private Map<String, String> places(String flow) {
    if (!carriesGroups()) {
      return Map.of(
          flow + "groups",
          "",
          "emit.checkpoints.enabled",
          "false",
          "emit.offset-syncs.enabled",
          "false",
          "sync.group.offsets.enabled",
          "false",
          "refresh.groups.enabled",
          "false");
    }
    String interval = Long.toString(PLACES_EVERY.toSeconds());
    return Map.ofEntries(
        Map.entry(flow + "groups", String.join(",", groups)),
        Map.entry("emit.checkpoints.enabled", "true"),
        Map.entry("emit.offset-syncs.enabled", "true"),
        Map.entry("sync.group.offsets.enabled", "true"),
        Map.entry("refresh.groups.enabled", "true"),
        Map.entry("refresh.groups.interval.seconds", "30"),
        Map.entry("emit.checkpoints.interval.seconds", interval),
        Map.entry("sync.group.offsets.interval.seconds", interval),
        Map.entry("offset.lag.max", PLACES_OFF_BY),
        Map.entry("offset-syncs.topic.location", "source"),
        Map.entry("offset-syncs.topic.replication.factor", "1"));
  }

  private Map<String, String> exactlyOnce(String flow) {
    return Map.ofEntries(
        Map.entry(target.alias() + ".exactly.once.source.support", "enabled"),
        // Exactly once needs workers that can speak to each other, even where there is one.
        Map.entry("dedicated.mode.enable.internal.rest", "true"),
        Map.entry("listeners", "http://127.0.0.1:0"),
        // Else records of aborted transactions would be copied.
        Map.entry(source.alias() + ".consumer.isolation.level", "read_committed"),
        Map.entry(source.alias() + ".consumer.auto.offset.reset", "earliest"),
        Map.entry(target.alias() + ".session.timeout.ms", Long.toString(DEAD_AFTER.toMillis())),
        // Else the tasks stay idle for five minutes after a cut.
        Map.entry(target.alias() + ".scheduled.rebalance.max.delay.ms", "0"),
        Map.entry(target.alias() + ".plugin.discovery", "service_load"),
        Map.entry(
            target.alias() + ".producer.transaction.timeout.ms",
            Long.toString(TRANSACTION_TIMEOUT.toMillis())),
        Map.entry(flow + "transaction.boundary", "interval"),
        Map.entry(flow + "transaction.boundary.interval.ms", "1000"));
  }

  private static Map<String, String> internalTopics() {
    return Map.of(
        "replication.factor", "1",
        "heartbeats.topic.replication.factor", "1",
        "checkpoints.topic.replication.factor", "1",
        "offset.storage.replication.factor", "1",
        "offset.storage.partitions", "1",
        "status.storage.replication.factor", "1",
        "status.storage.partitions", "1",
        "config.storage.replication.factor", "1");
  }

  private Map<String, String> thinLink() {
    String longest = Long.toString(LONGEST_FETCH.toMillis());
    String writer = target.alias() + ".producer.";
    return Map.of(
        // Readers of MirrorMaker's own topics and of its source: whichever is beyond the link would
        // else ask twice a second for nothing. What comes is answered at once.
        source.alias() + ".consumer.fetch.max.wait.ms",
        longest,
        target.alias() + ".fetch.max.wait.ms",
        longest,
        writer + "client.id",
        writerId(),
        writer + "interceptor.classes",
        ContentCount.class.getName(),
        writer + "compression.type",
        compression.setting(),
        writer + "batch.size",
        "262144",
        writer + "linger.ms",
        "100",
        writer + "max.request.size",
        Integer.toString(largestBytes()),
        source.alias() + ".consumer.max.poll.records",
        "5000");
  }
}
