package dev.skerry.inference.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonFiguresTest {

  @Test
  void shouldReadWhatItWroteWhateverLabelsAreCalled() {
    Comparison seen =
        new Comparison(
            new Counts(100, 3),
            new Counts(7, 1),
            new Counts(50, 2),
            new Counts(50, 0),
            Map.of("normal", new Counts(30, 1), "cases:errors", new Counts(20, 9)),
            true);
    assertThat(ComparisonFigures.read(ComparisonFigures.of(seen))).isEqualTo(seen);
  }

  @Test
  void shouldTakeWhatIsMissingForNone() {
    assertThat(ComparisonFigures.read(Map.of())).isEqualTo(Comparison.NONE);
  }
}
