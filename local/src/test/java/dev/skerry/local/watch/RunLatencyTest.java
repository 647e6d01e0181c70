package dev.skerry.local.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunLatencyTest {

  private final RunLatency latency = new RunLatency();

  @Test
  void shouldLeaveOutWhatWaitedForItsModelToBeLoaded() {
    latency.add("vibration", 0, 10_000);
    latency.add("vibration", 9_000, 10_000);
    latency.add("vibration", 10_100, 10_107);
    latency.add("surface", 11_000, 14_000);
    latency.add("vibration", 14_000, 14_009);
    latency.add("surface", 14_000, 14_008);
    assertThat(latency.percentileMillis(0.5)).isEqualTo(8);
    assertThat(latency.percentileMillis(1)).isEqualTo(9);
  }

  @Test
  void shouldCountWhatWaitedWhereNothingElseCame() {
    latency.add("vibration", 0, 20);
    latency.add("vibration", 1, 20);
    assertThat(latency.percentileMillis(1)).isEqualTo(20);
    assertThat(new RunLatency().percentileMillis(1)).isZero();
  }
}
