package dev.skerry.local.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {

  private final BackOff backOff = new BackOff();

  @Test
  void shouldNotWaitAfterAFlowThatHasWorked() {
    assertThat(backOff.after(true)).isZero();
    assertThat(backOff.after(true)).isZero();
  }

  @Test
  void shouldWaitLongerEachTimeUntilAFlowHasWorked() {
    assertThat(backOff.after(false)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backOff.after(false)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backOff.after(false)).isEqualTo(Duration.ofSeconds(4));
    for (int i = 0; i < 100; i++) {
      assertThat(backOff.after(false)).isLessThanOrEqualTo(Duration.ofMinutes(1));
    }
    assertThat(backOff.after(false)).isEqualTo(Duration.ofMinutes(1));
    assertThat(backOff.after(true)).isZero();
    assertThat(backOff.after(false)).isEqualTo(Duration.ofSeconds(1));
  }
}
