package dev.skerry.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {

  @Test
  void shouldWriteMillisecondsInTheUnitThatFits() {
    assertThat(Text.millis(999)).isEqualTo("999 ms");
    assertThat(Text.millis(3_400)).isEqualTo("3.4 s");
    assertThat(Text.millis(125_000)).isEqualTo("2 min 5 s");
  }

  @Test
  void shouldBreakAListAfterItsCommasAndNotWithinItsNumbers() {
    assertThat(Text.lines("1,234 (normal 1,000, unbalance 234)", 22))
        .containsExactly("1,234 (normal 1,000,", "unbalance 234)");
    assertThat(Text.lines("one, two", 80)).containsExactly("one, two");
    assertThat(Text.lines("longer-than-that, b", 5)).containsExactly("longer-than-that,", "b");
  }
}
