package dev.skerry.inference.batch;

import dev.skerry.inference.model.ScoringException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scores a batch and finds the rows on which the model fails, by halving: with k of n rows bad, in
 * about k · log2(n) runs more. It also halves what is only too large to be run at once.
 */
final class PoisonSearch {

  private PoisonSearch() {}

  /** Scores rows that stand together; all of them or none. */
  @FunctionalInterface
  interface Run {
    void score(int firstRow, int rowCount) throws ScoringException;
  }

  /** Scores all rows that can be scored, and returns the failure of each that cannot. */
  static Map<Integer, ScoringException> score(int rowCount, Run run) {
    Map<Integer, ScoringException> failures = new TreeMap<>();
    search(0, rowCount, run, failures);
    return failures;
  }

  private static void search(
      int firstRow, int rowCount, Run run, Map<Integer, ScoringException> failures) {
    try {
      run.score(firstRow, rowCount);
    } catch (ScoringException e) {
      if (rowCount == 1) {
        failures.put(firstRow, e);
      } else {
        int half = rowCount / 2;
        search(firstRow, half, run, failures);
        search(firstRow + half, rowCount - half, run, failures);
      }
    }
  }
}
