package dev.skerry.aggregator.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.service.ConfigException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowRulesTest {

  private static final Duration TEN = Duration.ofSeconds(10);
  private static final List<Duration> SIZES = List.of(TEN);

  @Test
  void shouldNameTheKeyThatCannotBe() {
    assertRefused("aggregator.windows", List.of(), TEN, TEN, TEN);
    assertRefused("aggregator.windows", List.of(TEN, TEN), TEN, TEN, TEN);
    assertRefused("aggregator.windows", List.of(Duration.ofMillis(999)), TEN, TEN, TEN);
    assertRefused("aggregator.windows", List.of(TEN, Duration.ofSeconds(25)), TEN, TEN, TEN);
    assertRefused("aggregator.grace", SIZES, TEN.negated(), TEN, TEN);
    assertRefused("aggregator.quiet-close", SIZES, TEN, Duration.ofSeconds(1), TEN);
    assertRefused("aggregator.max-ahead", SIZES, TEN, TEN, Duration.ofMinutes(61));
  }

  @Test
  void shouldBoundEventTimeByAppendTime() {
    WindowRules rules = new WindowRules("aggregator", SIZES, TEN, TEN, TEN);
    assertThat(rules.boundedEventMillis(5_000, 100_000)).isEqualTo(5_000);
    assertThat(rules.boundedEventMillis(110_000, 100_000)).isEqualTo(110_000);
    assertThat(rules.boundedEventMillis(Long.MAX_VALUE, 100_000)).isEqualTo(110_000);
  }

  private static void assertRefused(
      String key, List<Duration> sizes, Duration grace, Duration quiet, Duration ahead) {
    assertThatThrownBy(() -> new WindowRules("aggregator", sizes, grace, quiet, ahead))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(key);
  }
}
