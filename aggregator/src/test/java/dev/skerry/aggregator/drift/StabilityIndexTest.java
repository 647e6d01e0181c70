package dev.skerry.aggregator.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skerry.schemas.model.Distribution;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StabilityIndexTest {

  private static final Distribution REFERENCE =
      new Distribution("score", List.of(0.25, 0.5, 0.75), List.of(0.25, 0.25, 0.25, 0.25));

  @Test
  void shouldBeWhatTheFormulaSays() {
    // 0.25 ln 2 + 0 + 0 + 0.25 ln 2 for (0.5, 0.25, 0.25, 0) but for the bin that is empty.
    double half = 0.25 * Math.log(2);
    double empty = (1e-4 - 0.25) * Math.log(1e-4 / 0.25);
    assertThat(StabilityIndex.of(REFERENCE, List.of(0.5, 0.25, 0.25, 0.0)))
        .isCloseTo(half + empty, within(1e-12));
  }

  @Test
  void shouldBeNothingWhereNothingHasMoved() {
    assertThat(StabilityIndex.of(REFERENCE, REFERENCE.shares())).isZero();
  }

  @Property(tries = 200)
  void shouldNeverBeNegative(@ForAll @Size(4) List<@LongRange(min = 0, max = 1_000) Long> counts) {
    long[] observed = counts.stream().mapToLong(count -> count + 1).toArray();
    assertThat(StabilityIndex.of(REFERENCE, StabilityIndex.shares(observed)))
        .isGreaterThanOrEqualTo(0);
  }
}
