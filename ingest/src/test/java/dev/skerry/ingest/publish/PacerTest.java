package dev.skerry.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PacerTest {

  private static final Instant FIRST = Instant.parse("2020-03-09T10:00:00Z");
  private static final long SECOND = 1_000_000_000L;

  @Test
  void shouldLetEventTimePassAtTheSpeed() {
    Pacer pacer = new Pacer(Speed.times(10));
    assertThat(pacer.delayNanos(FIRST, 5 * SECOND)).isZero();
    assertThat(pacer.delayNanos(FIRST.plusSeconds(20), 5 * SECOND)).isEqualTo(2 * SECOND);
    assertThat(pacer.delayNanos(FIRST.plusSeconds(20), 6 * SECOND)).isEqualTo(SECOND);
    assertThat(pacer.delayNanos(FIRST.plusSeconds(20), 9 * SECOND)).isNegative();
  }

  @Test
  void shouldNotDriftAfterALateRecord() {
    Pacer pacer = new Pacer(Speed.RECORDED);
    assertThat(pacer.delayNanos(FIRST, 0)).isZero();
    assertThat(pacer.delayNanos(FIRST.plusSeconds(1), 3 * SECOND)).isNegative();
    assertThat(pacer.delayNanos(FIRST.plusSeconds(4), 3 * SECOND)).isEqualTo(SECOND);
  }

  @Test
  void shouldNotWaitForARecordOfThePastNorAtFullSpeed() {
    Pacer recorded = new Pacer(Speed.RECORDED);
    assertThat(recorded.delayNanos(FIRST, 0)).isZero();
    assertThat(recorded.delayNanos(FIRST.minusSeconds(9), 0)).isNegative();
    Pacer max = new Pacer(Speed.MAX);
    assertThat(max.delayNanos(FIRST, 0)).isZero();
    assertThat(max.delayNanos(FIRST.plusSeconds(9), 0)).isZero();
  }

  @Test
  void shouldFollowTheWallClockFromTheFirstRecordOn() {
    Pacer pacer = Pacer.byWallClock(FIRST, 7 * SECOND);
    assertThat(pacer.delayNanos(FIRST.plusSeconds(1), 7 * SECOND)).isEqualTo(SECOND);
  }
}
