package dev.skerry.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.service.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeedTest {

  @ParameterizedTest
  @CsvSource({"recorded, 1", "1x, 1", "x10, 10", "10X, 10", "0.5x, 0.5", "100, 100"})
  void shouldReadFactors(String text, double factor) {
    assertThat(Speed.parse(text)).isEqualTo(Speed.times(factor));
  }

  @Test
  void shouldReadMax() {
    assertThat(Speed.parse("max")).isEqualTo(Speed.MAX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fast", "-1x", "0", "0x", "x", "1e3x", "10xx"})
  void shouldRefuseAnythingElse(String text) {
    assertThatThrownBy(() -> Speed.parse(text)).isInstanceOf(ConfigException.class);
  }
}
