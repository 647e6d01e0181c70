package dev.skerry.inference.batch;

import dev.skerry.inference.model.ScoringException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scores a batch and finds the rows on which the model fails, by halving: with k of n rows bad, in
 * about k · log2(n) runs more. What is too large for the device's memory is halved too, and that is
 * remembered; no row is blamed for it.
 */
final class PoisonSearch {

  private final MemoryLimit memory;
  private final Run run;
  private final Map<Integer, ScoringException> failures = new TreeMap<>();

  private PoisonSearch(MemoryLimit memory, Run run) {
    this.memory = memory;
    this.run = run;
  }

  /** Scores rows that stand together; all of them or none. */
  @FunctionalInterface
  interface Run {
    void score(int firstRow, int rowCount) throws ScoringException;
  }

  /**
   * Scores all rows that can be scored, and returns the failure of each that cannot; throws {@link
   * BrokenModelException} where the device has no memory for a single row.
   */
  static Map<Integer, ScoringException> score(int rowCount, MemoryLimit memory, Run run) {
    PoisonSearch search = new PoisonSearch(memory, run);
    search.search(0, rowCount);
    return search.failures;
  }

  private void search(int firstRow, int rowCount) {
    if (rowCount > memory.rows()) {
      int first = memory.rows();
      search(firstRow, first);
      search(firstRow + first, rowCount - first);
      return;
    }
    try {
      run.score(firstRow, rowCount);
      memory.kept();
    } catch (ScoringException e) {
      searchHalves(firstRow, rowCount, e);
    }
  }

  private void searchHalves(int firstRow, int rowCount, ScoringException e) {
    boolean tooLarge = e.isOutOfDeviceMemory();
    if (tooLarge) {
      memory.exceeded(rowCount);
    }
    if (rowCount > 1) {
      int half = rowCount / 2;
      search(firstRow, half);
      search(firstRow + half, rowCount - half);
    } else if (tooLarge) {
      throw new BrokenModelException("The device has no memory for one record: " + e.getMessage());
    } else {
      failures.put(firstRow, e);
    }
  }
}
