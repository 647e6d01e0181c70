package dev.skerry.console.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.console.read.Figures;
import dev.skerry.console.read.PartSight;
import dev.skerry.console.read.PartSight.Health;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartsTest {

  private final Restarts restarts = new Restarts();

  @Test
  void shouldTakeASilentPartForStartingAfterItsProcessIsAnother() {
    restarts.look(1_000, Map.of("aggregator", 10L, "mirror", 20L));
    assertThat(health("aggregator")).isEqualTo(Health.DOWN);
    restarts.look(2_000, Map.of("mirror", 20L));
    restarts.look(3_000, Map.of("aggregator", 11L, "mirror", 20L));
    assertThat(restarts.recent()).containsExactly(Map.entry("aggregator", 3_000L));
    assertThat(health("aggregator")).isEqualTo(Health.STARTING);
    assertThat(health("mirror")).isEqualTo(Health.DOWN);
  }

  @Test
  void shouldTakeItForDownOnceItHasHadTimeToStart() {
    restarts.look(0, Map.of("aggregator", 10L));
    restarts.look(1_000, Map.of("aggregator", 11L));
    restarts.look(1_000 + Restarts.RECENT_MILLIS, Map.of("aggregator", 11L));
    assertThat(health("aggregator")).isEqualTo(Health.STARTING);
    restarts.look(1_001 + Restarts.RECENT_MILLIS, Map.of("aggregator", 11L));
    assertThat(restarts.recent()).isEmpty();
    assertThat(health("aggregator")).isEqualTo(Health.DOWN);
  }

  private Health health(String part) {
    PartSight silent =
        new PartSight(
            part, Health.DOWN, "does not answer", Figures.NONE, List.of(), Optional.empty());
    return restarts.judge(Map.of(part, silent)).values().iterator().next().health();
  }
}
