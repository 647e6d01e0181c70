package dev.skerry.local.mirror.keep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeepPlanTest {

  private static final Duration OUTAGE = Duration.ofDays(3);
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long PLENTY = 1_000 * GIB;

  @Test
  void shouldKeepWhatTheCatalogueSaysWhereThatSurvivesTheOutage() {
    Map<Topic, Kept> plan =
        KeepPlan.of(OUTAGE, PLENTY, List.of(use(Topics.AGGREGATES, 10 * MIB, 100)));
    assertThat(kept(plan, Topics.AGGREGATES)).isEqualTo(Kept.asCatalogued(Topics.AGGREGATES));
  }

  @Test
  void shouldKeepMoreWhereTheRateWantsIt() {
    double rate = 10_000; // 2.6 GB in 72 h
    Map<Topic, Kept> plan =
        KeepPlan.of(OUTAGE, PLENTY, List.of(use(Topics.RETRAINING_SAMPLES, 10 * MIB, rate)));
    assertThat(kept(plan, Topics.RETRAINING_SAMPLES).bytesEach())
        .isEqualTo(Math.round(rate * OUTAGE.toSeconds() * 1.25));
  }

  @Test
  void shouldKeepLongerThanTheOutageButForWhatPerishes() {
    Duration outage = Duration.ofDays(10);
    Map<Topic, Kept> plan =
        KeepPlan.of(
            outage,
            PLENTY,
            List.of(use(Topics.AGGREGATES, 0, 0), use(Topics.TELEMETRY_OVERFLOW, 0, 0)));
    assertThat(kept(plan, Topics.AGGREGATES).time()).isEqualTo(Duration.ofHours(300));
    assertThat(kept(plan, Topics.TELEMETRY_OVERFLOW).time()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void shouldTakeFromBulkFirst() {
    long each = 500 * MIB;
    List<TopicUse> uses =
        List.of(use(Topics.AGGREGATES, each, 0), use(Topics.RETRAINING_SAMPLES, each, 0));
    Map<Topic, Kept> plan = KeepPlan.of(OUTAGE, 3 * GIB, uses);
    assertThat(kept(plan, Topics.AGGREGATES).bytesEach()).isEqualTo(GIB);
    // Aggregates have 2000 MiB of the 3072, and the four partitions share the rest.
    assertThat(kept(plan, Topics.RETRAINING_SAMPLES).bytesEach() / MIB)
        .isEqualTo((3072 - 2000) / 4 * 8 / 10);
  }

  @Test
  void shouldTakeFromUrgentOnlyWhenBulkHasNothingMoreToGive() {
    List<TopicUse> uses =
        List.of(use(Topics.AGGREGATES, 500 * MIB, 0), use(Topics.RETRAINING_SAMPLES, 500 * MIB, 0));
    Map<Topic, Kept> plan = KeepPlan.of(OUTAGE, GIB, uses);
    assertThat(kept(plan, Topics.RETRAINING_SAMPLES).bytesEach())
        .isEqualTo(KeepPlan.LEAST_BYTES_EACH);
    assertThat(kept(plan, Topics.AGGREGATES).bytesEach() / MIB)
        .isEqualTo((1024 - 4 * 32) / 4 * 8 / 10);
  }

  @Test
  void shouldTakeFromTheLargestPartitionsFirst() {
    List<TopicUse> uses =
        List.of(
            use(Topics.RETRAINING_SAMPLES, 100 * MIB, 0),
            use(Topics.TELEMETRY_OVERFLOW, 900 * MIB, 0));
    Map<Topic, Kept> plan = KeepPlan.of(OUTAGE, 2_400 * MIB, uses);
    long level = kept(plan, Topics.TELEMETRY_OVERFLOW).bytesEach();
    assertThat(level / MIB).isEqualTo((2_400 - 400) / 4 * 8 / 10);
    assertThat(kept(plan, Topics.RETRAINING_SAMPLES).bytesEach()).isGreaterThan(100 * MIB);
    assertThat(kept(plan, Topics.RETRAINING_SAMPLES).sureBytesEach() / MIB)
        .isEqualTo(2_400 / 8 * 8 / 10);
  }

  @Test
  void shouldLeaveRoomForWhatComesUntilTheBrokerHasDeleted() {
    List<TopicUse> slow = List.of(use(Topics.RETRAINING_SAMPLES, 300 * MIB, 0));
    List<TopicUse> fast = List.of(use(Topics.RETRAINING_SAMPLES, 300 * MIB, MIB));
    assertThat(kept(KeepPlan.of(OUTAGE, GIB, fast), Topics.RETRAINING_SAMPLES).bytesEach())
        .isLessThan(kept(KeepPlan.of(OUTAGE, GIB, slow), Topics.RETRAINING_SAMPLES).bytesEach());
  }

  @Test
  void shouldOnlyMakeRoomForWhatIsCompacted() {
    List<TopicUse> uses =
        List.of(use(Topics.MODEL_STATUS, 900 * MIB, 0), use(Topics.DRIFT, 500 * MIB, 0));
    Map<Topic, Kept> plan = KeepPlan.of(OUTAGE, GIB, uses);
    assertThat(plan).doesNotContainKey(Topics.MODEL_STATUS);
    assertThat(kept(plan, Topics.DRIFT).bytesEach() / MIB).isEqualTo((1024 - 900) * 8 / 10);
  }

  private static TopicUse use(Topic topic, long bytesEach, double bytesPerSecond) {
    return new TopicUse(topic, Collections.nCopies(topic.partitions(), bytesEach), bytesPerSecond);
  }

  private static Kept kept(Map<Topic, Kept> plan, Topic topic) {
    Kept kept = plan.get(topic);
    assertThat(kept).as(topic.name()).isNotNull();
    return kept == null ? Kept.asCatalogued(topic) : kept;
  }
}
