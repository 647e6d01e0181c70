package dev.skerry.local.mirror;

import dev.skerry.local.topic.Broker;
import dev.skerry.schemas.access.KafkaUsers;
import java.util.stream.Collectors;

/** What crosses the link as Strimzi {@code KafkaMirrorMaker2} resources, one for each flow. */
public final class MirrorManifests {

  private static final String HEAD =
      """
      # What crosses the link, in flows of their own: bulk never delays what is urgent. All of it runs at
      # the edge and pushes or pulls from there: the cloud never has to reach into a site. An overlay names
      # the site and the real brokers. How much of the link bulk takes is bounded by the quota of its user at
      # the edge's broker. What the site shows to the cloud, and trusts there, is brought from the cloud.
      """;

  private MirrorManifests() {}

  /**
   * The resources of a plan.
   *
   * @param site the site's name, after which its user in the cloud is called
   */
  public static String of(String site, MirrorPlan plan) {
    return plan.flows().stream()
        .map(flow -> manifest(site, plan, flow))
        .collect(Collectors.joining("---\n", HEAD, ""));
  }

  /** What it trusts and what it shows, from the Secrets of Strimzi's operators. */
  private static String access(String site, MirrorPlan plan, MirrorFlow flow, Broker broker) {
    boolean isEdge = broker.equals(plan.edge());
    String atTheEdge = flow.name().equals("bulk") ? KafkaUsers.BULK_MIRROR : KafkaUsers.MIRROR;
    return """
    tls:
      trustedCertificates:
        - secretName: %s-cluster-ca-cert
          pattern: "*.crt"
    authentication:
      type: tls
      certificateAndKey:
        secretName: %s
        certificate: user.crt
        key: user.key
    """
        .formatted(isEdge ? "edge" : "cloud", isEdge ? atTheEdge : KafkaUsers.siteMirrorName(site));
  }

  /** Nothing where no group finds its place at the target. */
  private static String places(MirrorFlow flow) {
    if (!flow.carriesGroups()) {
      return "";
    }
    long everySeconds = MirrorFlow.PLACES_EVERY.toSeconds();
    return """
          groupsPattern: %s
          checkpointConnector:
            tasksMax: 1
            autoRestart:
              enabled: true
            config:
              replication.policy.class: org.apache.kafka.connect.mirror.IdentityReplicationPolicy
              checkpoints.topic.replication.factor: 1
              emit.checkpoints.interval.seconds: %d
              sync.group.offsets.enabled: true
              sync.group.offsets.interval.seconds: %d
    """
        .formatted(String.join("|", flow.groups()), everySeconds, everySeconds);
  }

  private static String manifest(String site, MirrorPlan plan, MirrorFlow flow) {
    String group = flow.operatedName();
    return """
    apiVersion: kafka.strimzi.io/v1
    kind: KafkaMirrorMaker2
    metadata:
      name: mirror-%s
    spec:
      version: 4.3.1
      replicas: 1
      metricsConfig:
        type: jmxPrometheusExporter
        valueFrom:
          configMapKeyRef:
            name: kafka-metrics
            key: mirror.yaml
      target:
        alias: %s
        bootstrapServers: %s
    %s    groupId: %s # One per site and flow, like the three topics below.
        configStorageTopic: %s-configs
        offsetStorageTopic: %s-offsets
        statusStorageTopic: %s-status
        config:
          exactly.once.source.support: enabled
          offset.storage.partitions: 1
          status.storage.partitions: 1
          scheduled.rebalance.max.delay.ms: 0
          session.timeout.ms: %d
      mirrors:
        - source:
            alias: %s
            bootstrapServers: %s
    %s      topicsPattern: %s
    %s      sourceConnector:
            tasksMax: 1
            autoRestart:
              enabled: true
            config:
              replication.policy.class: org.apache.kafka.connect.mirror.IdentityReplicationPolicy
              exactly.once.support: required
              transaction.boundary: interval
              transaction.boundary.interval.ms: 1000
              emit.offset-syncs.enabled: %b
              sync.topic.acls.enabled: false
              # The catalogue creates the topics, with settings of their own.
              sync.topic.configs.enabled: false
              refresh.topics.interval.seconds: 60
              consumer.isolation.level: read_committed
              consumer.max.poll.records: 5000
              # A flow that vanishes inside a transaction holds back other sites' readers for so long.
              producer.override.transaction.timeout.ms: %d
              producer.override.compression.type: %s
              producer.override.batch.size: 262144
              producer.override.linger.ms: 100
              producer.override.max.request.size: %d
    """
        .formatted(
            flow.name(),
            flow.target().alias(),
            flow.target().bootstrapServers(),
            access(site, plan, flow, flow.target().broker()).indent(4),
            group,
            group,
            group,
            group,
            MirrorFlow.DEAD_AFTER.toMillis(),
            flow.source().alias(),
            flow.source().bootstrapServers(),
            access(site, plan, flow, flow.source().broker()).indent(8),
            String.join("|", flow.topicNames()),
            places(flow),
            flow.carriesGroups(),
            MirrorFlow.TRANSACTION_TIMEOUT.toMillis(),
            flow.compression().setting(),
            flow.largestBytes());
  }
}
