package dev.skerry.warehouse.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartPlanTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private final RestartPlan plan = new RestartPlan(Duration.ofSeconds(2), Duration.ofSeconds(5));

  @Test
  void shouldRestartAtOnceAndThenAfterPausesThatDouble() {
    assertThat(plan.restartNow(START)).isTrue();
    assertThat(plan.restartNow(START.plusSeconds(1))).isFalse();
    assertThat(plan.restartNow(START.plusSeconds(2))).isTrue();
    assertThat(plan.pause()).isEqualTo(Duration.ofSeconds(4));
    assertThat(plan.restartNow(START.plusSeconds(5))).isFalse();
    assertThat(plan.restartNow(START.plusSeconds(6))).isTrue();
    assertThat(plan.pause()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void shouldBeginAnewWhenItHasRunForLong() {
    assertThat(plan.restartNow(START)).isTrue();
    assertThat(plan.restartNow(START.plusSeconds(2))).isTrue();
    assertThat(plan.restartNow(START.plusSeconds(60))).isTrue();
    assertThat(plan.pause()).isEqualTo(Duration.ofSeconds(2));
  }
}
