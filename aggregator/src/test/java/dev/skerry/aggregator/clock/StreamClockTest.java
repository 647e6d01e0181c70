package dev.skerry.aggregator.clock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamClockTest {

  private static final long QUIET = 10_000;
  private static final long START = 1_000_000;
  private static final long WARM = START + QUIET;

  private final StreamClock clock = new StreamClock(QUIET, Long.MIN_VALUE, START);

  @Test
  void shouldWaitAfterAStartUntilEveryPartitionCouldMakeItselfHeard() {
    clock.hear(0, 500, START);
    assertThat(clock.advance(WARM - 1)).isFalse();
    assertThat(clock.closedThroughMillis()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void shouldFollowTheSlowestPartition() {
    clock.hear(0, 900, WARM);
    clock.hear(1, 300, WARM);
    assertThat(clock.advance(WARM)).isTrue();
    assertThat(clock.closedThroughMillis()).isEqualTo(300);

    clock.hear(1, 800, WARM + 1);
    assertThat(clock.advance(WARM + 1)).isTrue();
    assertThat(clock.closedThroughMillis()).isEqualTo(800);
  }

  @Test
  void shouldNotBeHeldUpByASilentPartition() {
    clock.hear(1, 300, WARM);
    clock.hear(0, 900, WARM + QUIET);
    clock.advance(WARM + QUIET);
    assertThat(clock.closedThroughMillis()).isEqualTo(900);
  }

  @Test
  void shouldNeverGoBack() {
    clock.hear(0, 900, WARM);
    clock.advance(WARM);
    clock.hear(1, 300, WARM + 1);
    assertThat(clock.advance(WARM + 1)).isFalse();
    clock.hear(0, 100, WARM + 2);
    assertThat(clock.advance(WARM + 2)).isFalse();
    assertThat(clock.closeThrough(200)).isFalse();
    assertThat(clock.closedThroughMillis()).isEqualTo(900);
  }

  @Test
  void shouldBeQuietWhenNothingWasHeardForTheQuietTime() {
    clock.hear(0, 900, WARM);
    assertThat(clock.isQuiet(WARM + QUIET - 1)).isFalse();
    assertThat(clock.isQuiet(WARM + QUIET)).isTrue();
  }
}
