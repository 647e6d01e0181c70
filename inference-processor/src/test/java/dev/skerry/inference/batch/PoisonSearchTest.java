package dev.skerry.inference.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
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

  @Test
  void shouldHalveWhatExceedsTheDevicesMemoryAndRememberIt() {
    MemoryLimit memory = new MemoryLimit("model", 512);
    assertThat(searchOnDevice(512, 100, memory)).isEmpty();
    assertThat(memory.rows()).isEqualTo(64);
    runs = 0;

    assertThat(searchOnDevice(512, 100, memory)).isEmpty();
    assertThat(runs).isEqualTo(512 / 64);
  }

  @Test
  void shouldTryLargerRunsAgainAfterManyThatFit() {
    MemoryLimit memory = new MemoryLimit("model", 512);
    searchOnDevice(512, 100, memory);
    for (int batch = 0; batch < 3_000; batch++) {
      searchOnDevice(64, 512, memory);
    }
    assertThat(memory.rows()).isEqualTo(512);
  }

  @Test
  void shouldBlameNoRecordWhereTheDeviceHasNoMemoryAtAll() {
    MemoryLimit memory = new MemoryLimit("model", 512);
    assertThatThrownBy(() -> searchOnDevice(8, 0, memory))
        .isInstanceOf(BrokenModelException.class)
        .hasMessageContaining("no memory for one record");
  }

  private Set<Integer> searchOnDevice(int rows, int fitting, MemoryLimit memory) {
    BitSet scored = new BitSet();
    Set<Integer> found =
        PoisonSearch.score(
                rows,
                memory,
                (first, count) -> {
                  runs++;
                  if (count > fitting) {
                    throw new ScoringException(
                        "too many",
                        new OrtException("Failed to allocate memory for requested buffer"));
                  }
                  scored.set(first, first + count);
                })
            .keySet();
    assertThat(scored.cardinality()).isEqualTo(rows);
    return found;
  }

  private Set<Integer> search(int rows, Set<Integer> poison) {
    runs = 0;
    BitSet scored = new BitSet();
    Set<Integer> found =
        PoisonSearch.score(
                rows,
                new MemoryLimit("model", rows),
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
