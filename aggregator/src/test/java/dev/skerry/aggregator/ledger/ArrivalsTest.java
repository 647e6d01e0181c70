package dev.skerry.aggregator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

  private static final String SITE = "site-a";
  private static final long MINUTE = 60_000;
  private static final PageKey FIRST = new PageKey(new SiteTopic(SITE, "aggregates"), 0);
  private static final PageKey BETWEEN = new PageKey(FIRST.stream(), 5 * MINUTE);
  private static final PageKey LATER = new PageKey(FIRST.stream(), 90 * MINUTE);

  private final Arrivals arrivals = new Arrivals(Duration.ofMinutes(2).toMillis());

  @Test
  void shouldNotWaitForRecordsOfLaterWindows() {
    for (int minute = 1; minute <= 3; minute++) {
      arrivals.page(SITE, minute * MINUTE);
      arrivals.records(LATER, minute * MINUTE);
    }
    assertThat(arrivals.isOverdue(FIRST, MINUTE)).isTrue();
    assertThat(arrivals.isOverdue(LATER, MINUTE)).isFalse();
  }

  @Test
  void shouldBeOverdueWhenTheTopicStaysSilentWhilePagesKeepComing() {
    arrivals.page(SITE, MINUTE);
    arrivals.page(SITE, 2 * MINUTE);
    assertThat(arrivals.isOverdue(FIRST, MINUTE)).isFalse();
    arrivals.page(SITE, 3 * MINUTE);
    assertThat(arrivals.isOverdue(FIRST, MINUTE)).isTrue();
  }

  @Test
  void shouldWaitWhileABacklogOfEarlierWindowsStillComes() {
    for (int minute = 1; minute <= 6; minute++) {
      arrivals.page(SITE, minute * MINUTE);
      arrivals.records(LATER, minute * MINUTE);
      arrivals.records(FIRST, minute * MINUTE);
    }
    assertThat(arrivals.isOverdue(BETWEEN, MINUTE)).isFalse();

    arrivals.page(SITE, 7 * MINUTE);
    arrivals.records(LATER, 7 * MINUTE);
    arrivals.page(SITE, 8 * MINUTE);
    assertThat(arrivals.isOverdue(BETWEEN, MINUTE)).isTrue();
  }

  @Test
  void shouldNotBeOverdueWhileTheLinkIsCutAndBePatientAnewWhenItReturns() {
    arrivals.page(SITE, MINUTE);
    assertThat(arrivals.isOverdue(FIRST, MINUTE)).isFalse();

    for (int minute = 600; minute <= 601; minute++) {
      arrivals.page(SITE, minute * MINUTE);
      assertThat(arrivals.isOverdue(FIRST, MINUTE)).isFalse();
    }
    arrivals.page(SITE, 602 * MINUTE);
    assertThat(arrivals.isOverdue(FIRST, MINUTE)).isTrue();
  }

  @Test
  void shouldKnowNothingOfASiteThatWasNeverHeardOf() {
    assertThat(arrivals.isOverdue(FIRST, MINUTE)).isFalse();
  }
}
