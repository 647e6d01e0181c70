package dev.skerry.local.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

  private final LatencyHistogram histogram = new LatencyHistogram();

  @Test
  void shouldKnowSmallLatenciesExactly() {
    for (int millis = 1; millis <= 20; millis++) {
      histogram.add(millis);
    }
    assertThat(histogram.percentileMillis(0.5)).isEqualTo(10);
    assertThat(histogram.percentileMillis(1.0)).isEqualTo(20);
    assertThat(histogram.count()).isEqualTo(20);
  }

  @Test
  void shouldKnowLargeLatenciesToThreePercent() {
    for (long millis : new long[] {33, 1_000, 65_537, 3_600_000, 1L << 40}) {
      histogram.clear();
      histogram.add(millis);
      assertThat(histogram.percentileMillis(0.99)).isCloseTo(millis, within(millis / 32 + 1));
    }
  }

  @Test
  void shouldTakeClocksThatDisagreeForNoLatencyAndNothingForZero() {
    assertThat(histogram.percentileMillis(0.5)).isZero();
    histogram.add(-5);
    assertThat(histogram.percentileMillis(0.5)).isZero();
  }
}
