package dev.skerry.local.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.local.topic.Broker;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MirrorPlanTest {

  private static final OptionalLong RATE = OptionalLong.of(50_000);
  private static final LinkUse USE =
      new LinkUse(RATE, Compression.ZSTD, /* detections= */ false, List.of());

  @Test
  void shouldHaveEveryMirroredTopicOnceInTheFlowOfItsKindAndDirection() {
    MirrorPlan plan = MirrorPlan.of("site-a", "edge:1", "cloud:2", USE);
    assertThat(plan.flows())
        .extracting(MirrorFlow::name)
        .containsExactly("urgent", "bulk", "urgent-down");
    assertThat(flow(plan, "urgent").topicNames())
        .containsExactlyInAnyOrder("aggregates", "drift", "ledger", "model-status");
    assertThat(flow(plan, "bulk").topicNames())
        .containsExactlyInAnyOrder("retraining-samples", "telemetry-overflow");
    assertThat(flow(plan, "urgent-down").topicNames()).containsExactly("models");
    assertThat(flow(plan, "urgent-down").target().bootstrapServers()).isEqualTo("edge:1");
    assertThat(plan.flows().stream().flatMap(flow -> flow.topics().stream()))
        .containsExactlyInAnyOrderElementsOf(
            Topics.all().stream().filter(Topic::mirrored).toList());
  }

  @Test
  void shouldCarryDetectionsAsBulkWhereTheSiteWants() {
    LinkUse use = LinkUse.STANDARD.compressed(Compression.LZ4).withDetections();
    MirrorPlan plan = MirrorPlan.of("site-a", "edge:1", "cloud:2", use);
    assertThat(flow(plan, "bulk").topicNames())
        .containsExactlyInAnyOrder("detections", "retraining-samples", "telemetry-overflow");
    assertThat(flow(plan, "bulk").mirrorMakerSettings())
        .containsEntry("cloud.producer.compression.type", "lz4");
  }

  @Test
  void shouldBoundBulkAlone() {
    MirrorPlan plan = MirrorPlan.of("site-a", "edge:1", "cloud:2", USE);
    assertThat(flow(plan, "bulk").maxBytesPerSecond()).isEqualTo(RATE);
    assertThat(flow(plan, "urgent").maxBytesPerSecond()).isEmpty();
  }

  @Test
  void shouldKeepTheOffsetsOfEachFlowUnderANameOfItsOwn() {
    MirrorPlan plan = MirrorPlan.of("site-a", "edge:1", "cloud:2", USE);
    assertThat(plan.flows().stream().map(flow -> flow.source().alias())).doesNotHaveDuplicates();
  }

  @Test
  void shouldRefuseATopicInBothDirections() {
    MirrorFlow up = flow(MirrorPlan.of("site-a", "edge:1", "cloud:2", USE), "urgent");
    Cluster cloud = up.target();
    Cluster edge = up.source();
    MirrorFlow down =
        new MirrorFlow(
            "back",
            /* source= */ cloud,
            /* target= */ edge,
            up.topics(),
            OptionalLong.empty(),
            Compression.ZSTD,
            List.of());
    assertThatThrownBy(
            () -> new MirrorPlan(up.source().broker(), up.target().broker(), List.of(up, down)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("aggregates")
        .hasMessageContaining("back");
  }

  @Test
  void shouldRefuseALoopAndASiteThatIsNamedAsTheCloud() {
    assertThatThrownBy(() -> MirrorPlan.of("site-a", "edge:1", "edge:1", USE))
        .hasMessageContaining("loop");
    assertThatThrownBy(() -> MirrorPlan.of("cloud", "edge:1", "cloud:2", USE))
        .hasMessageContaining("another name");
    assertThatThrownBy(() -> MirrorPlan.of("site a", "edge:1", "cloud:2", USE))
        .hasMessageContaining("site a");
  }

  @Test
  void shouldTakeTopicsThatTheCatalogueGetsLater() {
    List<Topic> more = new ArrayList<>(Topics.all());
    more.remove(Topics.MODELS);
    MirrorPlan plan =
        MirrorPlan.of("site-a", Broker.plain("edge:1"), Broker.plain("cloud:2"), USE, more);
    assertThat(plan.flows()).extracting(MirrorFlow::name).containsExactly("urgent", "bulk");
  }

  @Test
  void shouldCarryThePlaceOfNamedGroupsUpAndOfNobodyElse() {
    MirrorPlan plan =
        MirrorPlan.of(
            "site-a", "edge:1", "cloud:2", LinkUse.STANDARD.withGroups(List.of("dash.*", "bi")));
    assertThat(flow(plan, "urgent").mirrorMakerSettings())
        .containsEntry("site-a->cloud.groups", "dash.*,bi")
        .containsEntry("sync.group.offsets.enabled", "true");
    assertThat(flow(plan, "urgent-down").mirrorMakerSettings())
        .containsEntry("cloud->site-a.groups", "")
        .containsEntry("sync.group.offsets.enabled", "false");
    assertThat(MirrorManifests.of("site-a", plan).split("---", -1))
        .satisfiesExactly(
            urgent -> assertThat(urgent).contains("groupsPattern: dash.*|bi\n      checkpoint"),
            bulk -> assertThat(bulk).contains("groupsPattern: dash.*|bi\n      checkpoint"),
            down -> assertThat(down).doesNotContain("groupsPattern", "checkpoint"));
    assertThatThrownBy(() -> LinkUse.STANDARD.withGroups(List.of("*")))
        .hasMessageContaining("mirror.groups")
        .hasMessageContaining("\"*\"");
  }

  @Test
  void shouldBeTheMirrorOfTheEdgeManifests() {
    MirrorPlan plan =
        MirrorPlan.of(
            "site-a", "edge-kafka-bootstrap:9093", "cloud-kafka-bootstrap:9093", LinkUse.STANDARD);
    assertThat(Path.of("..", "k8s", "base", "edge", "030-mirror.yaml"))
        .hasContent(MirrorManifests.of("site-a", plan));
  }

  private static MirrorFlow flow(MirrorPlan plan, String name) {
    return plan.flows().stream().filter(flow -> flow.name().equals(name)).findFirst().orElseThrow();
  }
}
