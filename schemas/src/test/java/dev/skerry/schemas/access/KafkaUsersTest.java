package dev.skerry.schemas.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class KafkaUsersTest {

  private static final Path K8S = Path.of("..", "k8s", "base");

  @Test
  void shouldBeTheUsersOfTheManifests() throws IOException {
    assertThat(K8S.resolve("edge/025-users.yaml")).hasContent(UserManifests.edge());
    assertThat(K8S.resolve("cloud/025-users.yaml")).hasContent(UserManifests.cloud());
    assertThat(Path.of("..", "k8s", "components", "sites", "site-user.yaml"))
        .hasContent(UserManifests.site());
  }

  @Test
  void shouldBeTheTablesOfTheGuide() throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "security.md"));
    for (String table :
        List.of(
            UserTable.markdown(KafkaUsers.atTheEdge(List.of(MirrorNames.dedicated("cloud")))),
            UserTable.markdown(KafkaUsers.inTheCloud()),
            UserTable.markdown(List.of(siteMirror("site-a"))))) {
      assertThat(guide).as("docs/security.md must hold this table:%n%s", table).contains(table);
    }
  }

  @Test
  void shouldLetSomebodyWriteAndReadEachTopicOfASite() {
    List<KafkaUser> users = KafkaUsers.atTheEdge(List.of());
    for (Topic topic : Topics.at(Side.EDGE)) {
      assertThat(users).as("writers of %s", topic.name()).anyMatch(user -> writes(user, topic));
      assertThat(users)
          .as("readers of %s", topic.name())
          .anyMatch(user -> readsAnyhow(user, topic));
    }
  }

  @Test
  void shouldLetNobodyWriteWhateverThereIs() {
    assertThat(KafkaUsers.atTheEdge(List.of()))
        .allSatisfy(user -> assertThat(user.grants()).noneMatch(KafkaUsersTest::isTooMuch));
    assertThat(KafkaUsers.inTheCloud())
        .allSatisfy(user -> assertThat(user.grants()).noneMatch(KafkaUsersTest::isTooMuch));
  }

  @Test
  void shouldLetASiteReadNothingOfOthersInTheCloud() {
    KafkaUser mirror = siteMirror("site-a");
    for (Topic topic : Topics.at(Side.CLOUD)) {
      assertThat(reads(mirror, topic)).as(topic.name()).isEqualTo(topic.equals(Topics.MODELS));
      assertThat(writes(mirror, topic))
          .as(topic.name())
          .isEqualTo(topic.home() == Side.EDGE && topic.mirrored());
    }
    KafkaUser neighbour = siteMirror("site-a-2");
    assertThat(neighbour.grants().stream().filter(grant -> !isShared(grant)))
        .isNotEmpty()
        .noneMatch(
            grant ->
                mirror.grants().stream()
                    .anyMatch(
                        own ->
                            own.covers(grant.resource().resourceType(), grant.resource().name())));
  }

  @Test
  void shouldSayWhatAUserMayDo() {
    KafkaUser inference =
        KafkaUsers.named(KafkaUsers.INFERENCE, KafkaUsers.atTheEdge(List.of())).orElseThrow();
    assertThat(inference.principal()).isEqualTo("User:CN=inference-processor");
    assertThat(inference.describe(ResourceType.TOPIC, "detections")).isEqualTo("Write");
    assertThat(inference.describe(ResourceType.TOPIC, "model-status")).isEqualTo("Read, Write");
    assertThat(inference.describe(ResourceType.TRANSACTIONAL_ID, "skerry-inference-0-1"))
        .isEqualTo("Write");
    assertThat(inference.describe(ResourceType.TOPIC, "labels")).isEqualTo("nothing");
    assertThatThrownBy(() -> KafkaUsers.siteMirror("Site A, O=Evil", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Site A, O=Evil");
  }

  private static KafkaUser siteMirror(String site) {
    return KafkaUsers.siteMirror(
        site, List.of(MirrorNames.dedicated(site), MirrorNames.dedicated(site + "-bulk")));
  }

  private static boolean isShared(Grant grant) {
    return grant.resource().resourceType() == ResourceType.TOPIC
        && Topics.named(grant.resource().name()).isPresent();
  }

  private static boolean isTooMuch(Grant grant) {
    boolean isEverything = grant.resource().name().equals("*");
    Set<AclOperation> harmless =
        Set.of(AclOperation.READ, AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS);
    return grant.operations().contains(AclOperation.ALL)
        || grant.resource().patternType() == PatternType.MATCH
        || (isEverything && !harmless.containsAll(grant.operations()));
  }

  private static boolean reads(KafkaUser user, Topic topic) {
    return may(user, topic, AclOperation.READ);
  }

  private static boolean readsAnyhow(KafkaUser user, Topic topic) {
    return user.describe(ResourceType.TOPIC, topic.name()).contains("Read");
  }

  private static boolean writes(KafkaUser user, Topic topic) {
    return may(user, topic, AclOperation.WRITE);
  }

  private static boolean may(KafkaUser user, Topic topic, AclOperation operation) {
    return user.grants().stream()
        .filter(grant -> grant.operations().contains(operation))
        .filter(grant -> grant.resource().name().equals(topic.name()))
        .anyMatch(grant -> grant.resource().resourceType() == ResourceType.TOPIC);
  }
}
