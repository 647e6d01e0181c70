package dev.skerry.inference.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoundLimitTest {

  private static final int MAX = 5_000;

  @Test
  void shouldTakeAllThatWasPolledWithoutATarget() {
    RoundLimit limit = new RoundLimit(Optional.empty(), MAX);
    limit.observe(100, 1_000_000_000);
    assertThat(limit.records(0)).isEqualTo(MAX);
  }

  @Test
  void shouldLeaveHalfOfTheTargetToTheRoundBefore() {
    RoundLimit limit = learned(Duration.ofMillis(20));
    // 1 ms and 10 us for each record: 900 of them in 10 ms.
    assertThat(limit.records(0)).isBetween(850, 900);
  }

  @Test
  void shouldWorkOffABacklogInRoundsAsLargeAsTheyCanBe() {
    RoundLimit limit = learned(Duration.ofMillis(20));
    assertThat(limit.records(20)).isLessThan(MAX);
    assertThat(limit.records(21)).isEqualTo(MAX);
  }

  @Test
  void shouldNotCommitEveryRecordAloneForATargetThatCannotBeKept() {
    RoundLimit limit = learned(Duration.ofMillis(1));
    assertThat(limit.records(0)).isBetween(95, 105);
  }

  @Test
  void shouldBeginWithSmallRounds() {
    assertThat(new RoundLimit(Optional.of(Duration.ofMillis(5)), MAX).records(0)).isEqualTo(64);
    assertThat(new RoundLimit(Optional.of(Duration.ofMillis(5)), 10).records(0)).isEqualTo(10);
  }

  private static RoundLimit learned(Duration target) {
    RoundLimit limit = new RoundLimit(Optional.of(target), MAX);
    for (int records = 1; records < 1_000; records++) {
      limit.observe(records, 1_000_000 + 10_000.0 * records);
    }
    return limit;
  }
}
