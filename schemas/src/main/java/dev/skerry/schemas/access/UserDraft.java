package dev.skerry.schemas.access;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.CLUSTER;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;

/** A user as {@link KafkaUsers} writes it down. */
final class UserDraft {

  private final String name;
  private final Side side;
  private final Map<ResourcePattern, Set<AclOperation>> granted = new LinkedHashMap<>();

  private UserDraft(String name, Side side) {
    this.name = name;
    this.side = side;
  }

  static UserDraft user(String name, Side side) {
    return new UserDraft(name, side);
  }

  UserDraft reads(Topic... topics) {
    return with(READ, List.of(topics));
  }

  UserDraft writes(Topic... topics) {
    return with(WRITE, List.of(topics));
  }

  UserDraft with(AclOperation operation, List<Topic> topics) {
    topics.forEach(topic -> grant(Grant.on(TOPIC, topic.name(), operation)));
    return this;
  }

  /** Consumer groups whose names begin so. */
  UserDraft groups(String prefix) {
    return grant(Grant.onAll(GROUP, prefix, READ));
  }

  /** Sees how far groups of others are whose names begin so. */
  UserDraft seesGroups(String prefix) {
    return grant(Grant.onAll(GROUP, prefix, DESCRIBE));
  }

  /** Transactional ids that begin so. */
  UserDraft transactions(String prefix) {
    return grant(Grant.onAll(TRANSACTIONAL_ID, prefix, WRITE));
  }

  /** All that a Kafka Streams application and those named after it need besides their topics. */
  UserDraft streams(String applicationId) {
    return groups(applicationId)
        .transactions(applicationId + "-")
        .grant(
            Grant.onAll(TOPIC, applicationId + "-", CREATE, READ, WRITE, DELETE, DESCRIBE_CONFIGS));
  }

  UserDraft cluster(AclOperation... operations) {
    return grant(Grant.on(CLUSTER, Resource.CLUSTER_NAME, operations));
  }

  UserDraft grant(Grant grant) {
    granted
        .computeIfAbsent(grant.resource(), resource -> EnumSet.noneOf(AclOperation.class))
        .addAll(grant.operations());
    return this;
  }

  KafkaUser to(String purpose) {
    List<Grant> grants = new ArrayList<>();
    granted.forEach((resource, operations) -> grants.add(new Grant(resource, operations)));
    return new KafkaUser(name, side, purpose, grants);
  }
}
