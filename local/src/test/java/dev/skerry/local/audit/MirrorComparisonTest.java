package dev.skerry.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.local.audit.MirrorComparison.Difference;
import java.util.List;
import org.junit.jupiter.api.Test;

class MirrorComparisonTest {

  @Test
  void shouldFindNoDifferenceBetweenEqualPartitions() {
    assertThat(compare("a b c", "a b c")).isEqualTo(new Difference(3, 3, 0, 0, false));
  }

  @Test
  void shouldCountMissingAndDoubledRecords() {
    assertThat(compare("a b c d", "a b b d")).isEqualTo(new Difference(4, 4, 1, 1, false));
    assertThat(compare("a b", "")).isEqualTo(new Difference(2, 0, 2, 0, false));
  }

  @Test
  void shouldSeeThatRecordsChangedPlaces() {
    assertThat(compare("a b c", "a c b").reordered()).isTrue();
  }

  @Test
  void shouldCompareFromWhereBothSidesStillHaveRecords() {
    assertThat(compare("c d e", "a b c d e")).isEqualTo(new Difference(3, 3, 0, 0, false));
    assertThat(compare("a b c d e", "c d e")).isEqualTo(new Difference(3, 3, 0, 0, false));
  }

  private static Difference compare(String edge, String cloud) {
    return MirrorComparison.compare(records(edge), records(cloud));
  }

  private static List<String> records(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }
}
