package dev.skerry.bench.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryTrendTest {

  @Test
  void shouldSeeALeakThatIsSmallAgainstTheWarmUp() {
    MemoryTrend trend = MemoryTrend.of(samples(i -> (i < 10 ? 200 + i * 10 : 300) + i * 0.4));

    assertThat(trend.mebibytesPerMillionRecords()).isCloseTo(4, within(0.01));
    assertThat(trend.growthMebibytes()).isCloseTo(24, within(0.1));
  }

  @Test
  void shouldNotTakeTheWarmUpForALeak() {
    MemoryTrend trend = MemoryTrend.of(samples(i -> i < 20 ? 200 + i * 5 : 300));

    assertThat(trend.growthMebibytes()).isZero();
    assertThat(trend.mebibytesPerMillionRecords()).isZero();
  }

  @Test
  void shouldTakeASingleSampleAsNoTrend() {
    assertThat(MemoryTrend.of(List.of(new MemorySample(100, 300))).growthMebibytes()).isZero();
  }

  private static List<MemorySample> samples(IntToDoubleFunction mebibytes) {
    return IntStream.range(0, 100)
        .mapToObj(i -> new MemorySample((i + 1) * 100_000L, mebibytes.applyAsDouble(i)))
        .toList();
  }
}
