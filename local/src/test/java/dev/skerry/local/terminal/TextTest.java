package dev.skerry.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

  @Test
  void shouldReadDurationsAsPeopleWriteThem() {
    assertThat(Text.duration("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(Text.duration("60s")).isEqualTo(Duration.ofMinutes(1));
    assertThat(Text.duration("5m")).isEqualTo(Duration.ofMinutes(5));
    assertThat(Text.duration("2h")).isEqualTo(Duration.ofHours(2));
    assertThat(Text.duration("PT90S")).isEqualTo(Duration.ofSeconds(90));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "60", "s", "-5s", "0s", "99999999999999999999s", "five"})
  void shouldRefuseWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> Text.duration(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldWriteMillisecondsInTheUnitThatFits() {
    assertThat(Text.millis(999)).isEqualTo("999 ms");
    assertThat(Text.millis(3_400)).isEqualTo("3.4 s");
    assertThat(Text.millis(125_000)).isEqualTo("2 min 5 s");
  }
}
