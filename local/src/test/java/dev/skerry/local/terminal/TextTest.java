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
}
