package dev.skerry.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTest {

  @Test
  void shouldReadTheNearestFloat() {
    assertThat(Cell.toFloat("0.0265878")).isEqualTo(0.0265878f);
    assertThat(Cell.toFloat("-1e-3")).isEqualTo(-0.001f);
    assertThat(Cell.toFloat("+7.")).isEqualTo(7f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "n/a", "NaN", "Infinity", "1f", "0x1p3", "1,5", "--1", "1e99", "e"})
  void shouldRefuseWhatIsNoFiniteNumber(String cell) {
    assertThat(Cell.isNumber(cell)).isFalse();
    assertThatThrownBy(() -> Cell.toFloat(cell)).isInstanceOf(IllegalArgumentException.class);
  }
}
