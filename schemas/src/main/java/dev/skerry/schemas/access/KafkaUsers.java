package dev.skerry.schemas.access;

import static dev.skerry.schemas.access.UserDraft.user;
import static dev.skerry.schemas.topic.Topic.Flow.URGENT;
import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * The one description of who may do what: what brokers, manifests and documentation are made from.
 * Groups, applications and transactions have the names that the services give them by default.
 */
public final class KafkaUsers {

  public static final String INFERENCE = "inference-processor";
  public static final String AGGREGATOR = "aggregator";
  public static final String SELECT = "retrain-feeder-select";
  public static final String GATEWAY = "gateway";
  public static final String SOURCE = "source";
  public static final String MIRROR = "mirror";
  public static final String BULK_MIRROR = "mirror-bulk";
  public static final String OPERATOR = "operator";
  public static final String CONSOLE = "console";
  public static final String RETRAIN = "retrain-feeder";
  public static final String LABELS = "labels";
  public static final String WAREHOUSE = "warehouse";

  private static final String INFERENCE_GROUPS = "skerry-inference";
  private static final String AGGREGATOR_ID = "skerry-aggregator";
  private static final String SELECT_ID = "skerry-select";
  private static final String WAREHOUSE_GROUP = "skerry-warehouse";
  private static final String RESCORE_GROUPS = "skerry-rescore-";

  private KafkaUsers() {}

  /**
   * The users of a site's broker.
   *
   * @param fromTheCloud what flows that come down are called there
   */
  public static List<KafkaUser> atTheEdge(List<MirrorNames> fromTheCloud) {
    return List.of(
        user(INFERENCE, Side.EDGE)
            .reads(
                Topics.TELEMETRY,
                Topics.TELEMETRY_FRAMES,
                Topics.MODELS,
                Topics.MODEL_STATUS,
                Topics.CANARY_EVIDENCE)
            .writes(
                Topics.DETECTIONS,
                Topics.SHADOW_SCORES,
                Topics.RETRAINING_CANDIDATES,
                Topics.TELEMETRY_OVERFLOW,
                Topics.MODEL_STATUS,
                Topics.CANARY_EVIDENCE,
                Topics.ANSWER_LEDGER,
                Topics.DEAD_LETTERS)
            .groups(INFERENCE_GROUPS)
            .transactions(INFERENCE_GROUPS)
            .to("answers telemetry"),
        user(AGGREGATOR, Side.EDGE)
            .reads(
                Topics.TELEMETRY,
                Topics.TELEMETRY_FRAMES,
                Topics.DETECTIONS,
                Topics.ANSWER_LEDGER,
                Topics.DEAD_LETTERS)
            .with(READ, Topics.ledgered())
            .writes(
                Topics.AGGREGATES,
                Topics.DRIFT,
                Topics.LEDGER,
                Topics.ANSWER_LEDGER,
                Topics.DEAD_LETTERS)
            .streams(AGGREGATOR_ID)
            .seesGroups(INFERENCE_GROUPS)
            .to("sums up, and keeps both ledgers"),
        user(SELECT, Side.EDGE)
            .reads(Topics.RETRAINING_CANDIDATES, Topics.DRIFT)
            .writes(Topics.RETRAINING_SAMPLES, Topics.DEAD_LETTERS)
            .streams(SELECT_ID)
            .to("chooses what is worth a label"),
        user(GATEWAY, Side.EDGE)
            .reads(Topics.TELEMETRY, Topics.TELEMETRY_FRAMES, Topics.DETECTIONS)
            .writes(Topics.TELEMETRY, Topics.TELEMETRY_FRAMES, Topics.DEAD_LETTERS)
            .groups("skerry-webhook-")
            .to("takes telemetry of devices, and brings them detections"),
        user(SOURCE, Side.EDGE)
            .writes(Topics.TELEMETRY, Topics.TELEMETRY_FRAMES)
            .to("a program that writes telemetry itself, such as replay and simulate"),
        mirrorAtTheEdge(fromTheCloud),
        user(CONSOLE, Side.EDGE)
            .reads(
                Topics.TELEMETRY,
                Topics.TELEMETRY_FRAMES,
                Topics.DETECTIONS,
                Topics.MODEL_STATUS,
                Topics.ANSWER_LEDGER,
                Topics.DEAD_LETTERS)
            .seesGroups(INFERENCE_GROUPS)
            .to("shows the site to people"),
        operator(Side.EDGE)
            .writes(Topics.TELEMETRY, Topics.TELEMETRY_FRAMES)
            .grant(Grant.onAll(TOPIC, "rescored-", WRITE, CREATE))
            .groups(RESCORE_GROUPS)
            .transactions(RESCORE_GROUPS)
            .to("people and their tools: reads all, sends dead letters back, and scores anew"));
  }

  /** Keeps retention to the disk besides, and itself to its quota. */
  private static KafkaUser mirrorAtTheEdge(List<MirrorNames> fromTheCloud) {
    List<Topic> up = mirrored(Side.EDGE);
    UserDraft mirror =
        user(MIRROR, Side.EDGE)
            .with(READ, up)
            .with(ALTER_CONFIGS, up)
            .with(CREATE, mirrored(Side.CLOUD))
            .with(WRITE, mirrored(Side.CLOUD))
            .cluster(DESCRIBE, ALTER_CONFIGS);
    fromTheCloud.forEach(names -> target(mirror, names));
    return mirror.to("reads what goes up, writes what comes down, keeps retention to the disk");
  }

  /** Where a broker bounds each user alone: what bulk takes of the link is this one's quota. */
  public static KafkaUser bulkMirror() {
    return user(BULK_MIRROR, Side.EDGE)
        .with(READ, mirrored(Side.EDGE).stream().filter(topic -> topic.flow() != URGENT).toList())
        .to("reads what goes up in bulk, within its quota");
  }

  /** The users of the cloud's broker but for the sites' mirrors. */
  public static List<KafkaUser> inTheCloud() {
    return List.of(
        user(INFERENCE, Side.CLOUD)
            .reads(Topics.TELEMETRY_OVERFLOW)
            .writes(Topics.OVERFLOW_DETECTIONS, Topics.DEAD_LETTERS)
            .groups(INFERENCE_GROUPS)
            .transactions(INFERENCE_GROUPS)
            .to("answers what sites left to the cloud"),
        user(AGGREGATOR, Side.CLOUD)
            .reads(Topics.LEDGER)
            .with(READ, Topics.ledgered())
            .writes(Topics.FLEET_AGGREGATES, Topics.COMPLETENESS, Topics.DEAD_LETTERS)
            .streams(AGGREGATOR_ID)
            .to("adds up all sites, and says what has arrived"),
        user(RETRAIN, Side.CLOUD)
            .reads(
                Topics.RETRAINING_SAMPLES,
                Topics.LABELS,
                Topics.MODELS,
                Topics.MODEL_STATUS,
                Topics.DRIFT)
            .writes(Topics.MODELS)
            .to("makes datasets, trains, and publishes releases"),
        user(LABELS, Side.CLOUD)
            .reads(Topics.RETRAINING_SAMPLES, Topics.LABELS)
            .writes(Topics.LABELS)
            .to("takes labels of people and tools"),
        warehouse(),
        user(CONSOLE, Side.CLOUD).reads(Topics.COMPLETENESS).to("shows what of a site has arrived"),
        operator(Side.CLOUD)
            .writes(Topics.MODELS, Topics.LABELS)
            .to("people and their tools: reads all, publishes releases and labels"));
  }

  /** Connect's worker with its own topics, and the connectors with theirs. */
  private static KafkaUser warehouse() {
    return user(WAREHOUSE, Side.CLOUD)
        .reads(
            Topics.AGGREGATES,
            Topics.FLEET_AGGREGATES,
            Topics.DRIFT,
            Topics.LEDGER,
            Topics.COMPLETENESS,
            Topics.MODEL_STATUS,
            Topics.RETRAINING_SAMPLES,
            Topics.DETECTIONS,
            Topics.OVERFLOW_DETECTIONS)
        .grant(Grant.on(GROUP, WAREHOUSE_GROUP, READ))
        .groups("connect-warehouse-")
        .transactions(WAREHOUSE_GROUP + "-")
        .grant(Grant.onAll(TOPIC, WAREHOUSE_GROUP + "-", READ, WRITE, CREATE, DESCRIBE_CONFIGS))
        .grant(Grant.onAll(TOPIC, "warehouse-control-", READ, WRITE, CREATE))
        .grant(Grant.on(TOPIC, "warehouse-dead-letters", WRITE, CREATE))
        .to("makes tables of what has arrived");
  }

  /**
   * A site's mirror as the cloud knows it: it may write the shared topics, keep what is its own,
   * and read nothing but models.
   *
   * @param site the site's name
   * @param up what the site's flows are called
   */
  public static KafkaUser siteMirror(String site, List<MirrorNames> up) {
    UserDraft mirror =
        user(siteMirrorName(site), Side.CLOUD)
            .with(WRITE, mirrored(Side.EDGE))
            .with(READ, mirrored(Side.CLOUD));
    up.forEach(names -> target(mirror, names));
    return mirror.to("the mirror of the site " + site);
  }

  /** The user with which a site's mirror comes to the cloud. */
  public static String siteMirrorName(String site) {
    return MIRROR + "-" + site;
  }

  private static void target(UserDraft mirror, MirrorNames names) {
    mirror.grant(Grant.on(GROUP, names.group(), READ));
    names
        .topics()
        .forEach(
            topic -> mirror.grant(Grant.on(TOPIC, topic, CREATE, READ, WRITE, DESCRIBE_CONFIGS)));
    names.transactionalIds().forEach(id -> mirror.grant(Grant.on(TRANSACTIONAL_ID, id, WRITE)));
  }

  private static UserDraft operator(Side side) {
    return user(OPERATOR, side)
        .grant(Grant.on(TOPIC, ResourcePattern.WILDCARD_RESOURCE, READ, DESCRIBE_CONFIGS))
        .grant(Grant.on(GROUP, ResourcePattern.WILDCARD_RESOURCE, DESCRIBE))
        .cluster(DESCRIBE);
  }

  /** What crosses the link, detections included: whether they do is the site's to say. */
  private static List<Topic> mirrored(Side home) {
    List<Topic> topics = new ArrayList<>(Topics.mirroredFrom(home));
    if (home == Side.EDGE) {
      topics.add(Topics.DETECTIONS);
    }
    return topics;
  }

  /** The user of that name among these. */
  public static Optional<KafkaUser> named(String name, Collection<KafkaUser> users) {
    return users.stream().filter(user -> user.name().equals(name)).findFirst();
  }
}
