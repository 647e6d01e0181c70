package dev.skerry.local.mirror.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartitionBacklogTest {

  private static final Duration WEEK = Duration.ofDays(7);
  private static final long GIB = 1L << 30;
  private static final long NOW_MILLIS = Duration.ofDays(20_000).toMillis();

  private static PartitionBacklog waiting(long first, long next, long end, Duration age) {
    return new PartitionBacklog(
        first, next, end, 1_000_000, Optional.of(NOW_MILLIS - age.toMillis()));
  }

  @Test
  void shouldHaveNothingThatWaitsWhereOnlyMarksOfTransactionsAreLeft() {
    PartitionBacklog done = new PartitionBacklog(0, 99, 100, 1_000_000, Optional.empty());
    assertThat(done.waitingRecords()).isZero();
    assertThat(done.waitingBytes()).isZero();
    assertThat(done.waitingSince(NOW_MILLIS)).isEqualTo(Duration.ZERO);
    assertThat(done.room(WEEK, GIB, 1_000, NOW_MILLIS)).isEqualTo(WEEK);
  }

  @Test
  void shouldCountWhatWaitsByThePartitionsAverage() {
    PartitionBacklog backlog = waiting(0, 750, 1_000, Duration.ofHours(2));
    assertThat(backlog.waitingRecords()).isEqualTo(250);
    assertThat(backlog.waitingBytes()).isEqualTo(250_000);
    assertThat(backlog.waitingSince(NOW_MILLIS)).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void shouldHaveRoomUntilTheOldestIsTooOld() {
    PartitionBacklog backlog = waiting(0, 750, 1_000, Duration.ofDays(6));
    assertThat(backlog.room(WEEK, GIB, 1, NOW_MILLIS)).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void shouldHaveRoomUntilNewRecordsPushTheOldestOut() {
    PartitionBacklog backlog = waiting(0, 500, 1_000, Duration.ofHours(1));
    assertThat(backlog.room(WEEK, 1_500_000, 1_000, NOW_MILLIS))
        .isEqualTo(Duration.ofSeconds(1_000));
  }

  @Test
  void shouldHaveNoRoomWhereRetentionHasOvertakenTheMirror() {
    PartitionBacklog backlog = waiting(800, 500, 1_000, Duration.ofDays(8));
    assertThat(backlog.waitingRecords()).isEqualTo(200);
    assertThat(backlog.room(WEEK, GIB, 1_000, NOW_MILLIS)).isEqualTo(Duration.ZERO);
  }

  @Test
  void shouldFollowTheRateOfGrowth() {
    GrowthRate rate = new GrowthRate();
    for (int second = 0; second <= 299; second++) {
      rate.observe(second * 500.0, second * 1_000L);
    }
    assertThat(rate.perSecond()).as("too early to say").isZero();
    rate.observe(300 * 500.0, 300_000);
    assertThat(rate.perSecond()).isEqualTo(500.0);
    rate.observe(10, 301_000); // Somebody made the topic anew.
    assertThat(rate.perSecond()).isEqualTo(500.0);
    for (int second = 302; second <= 4_000; second++) {
      rate.observe(10 + (second - 301) * 100.0, second * 1_000L);
    }
    assertThat(rate.perSecond()).isBetween(100.0, 104.0);
  }
}
