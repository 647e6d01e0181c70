package dev.skerry.inference.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.inference.model.ScoringException;
import java.util.BitSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PoisonSearchTest {

  private int runs;

  @Test
  void shouldRunAHealthyBatchOnce() {
    assertThat(search(512, Set.of())).isEmpty();
    assertThat(runs).isEqualTo(1);
  }

  @Test
  void shouldFindOnePoisonRecordInFewRuns() {
    assertThat(search(512, Set.of(300))).containsExactly(300);
    assertThat(runs).isLessThanOrEqualTo(2 * 9 + 1);
  }

  @Test
  void shouldFindAllPoisonRecordsWhereverTheyAreAndScoreTheOthers() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      int rows = 1 + random.nextInt(100);
      Set<Integer> poison = new TreeSet<>();
      random.ints(random.nextInt(rows + 1), 0, rows).forEach(poison::add);
      assertThat(search(rows, poison)).isEqualTo(poison);
    }
  }

  private Set<Integer> search(int rows, Set<Integer> poison) {
    runs = 0;
    BitSet scored = new BitSet();
    Set<Integer> found =
        PoisonSearch.score(
                rows,
                (first, count) -> {
                  runs++;
                  for (int row = first; row < first + count; row++) {
                    if (poison.contains(row)) {
                      throw new ScoringException("row " + row, new RuntimeException());
                    }
                  }
                  scored.set(first, first + count);
                })
            .keySet();
    assertThat(scored.cardinality()).isEqualTo(rows - poison.size());
    return found;
  }
}
