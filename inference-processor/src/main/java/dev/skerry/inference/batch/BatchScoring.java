package dev.skerry.inference.batch;

import static dev.skerry.schemas.DeadLetterReason.MODEL_REJECTED;

import dev.skerry.inference.model.GoldenCheck;
import dev.skerry.inference.model.ScoringException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Scores one batch, and decides who is to blame for what cannot be scored. A record is, as long as
 * the model works on others: on other rows of the batch and, where half of them or more fail, on
 * its golden samples. Otherwise it is the model. So it is when records of several devices fail one
 * after the other, batch by batch.
 */
final class BatchScoring {

  private BatchScoring() {}

  /** Scores all rows; throws {@link BrokenModelException} when the model is to blame. */
  static void score(ModelBatch batch) {
    Map<Integer, ScoringException> thrown = batch.run();
    if (!thrown.isEmpty() || !batch.areAllScored()) {
      blame(batch, thrown);
    } else {
      batch.failures().end();
    }
  }

  private static void blame(ModelBatch batch, Map<Integer, ScoringException> thrown) {
    Map<Integer, String> failures = new TreeMap<>();
    thrown.forEach((row, failure) -> failures.put(row, failure.getMessage()));
    for (int row = 0; row < batch.size(); row++) {
      if (!thrown.containsKey(row) && !batch.isScored(row)) {
        failures.put(row, batch.model().describe() + " gives a score that is NaN or infinite");
      }
    }
    if (failures.size() == batch.size() && !isOfOneDevice(batch)) {
      throw new BrokenModelException(
          "Each of %d records of several devices fails, so it is the model: %s"
              .formatted(batch.size(), failures.getOrDefault(0, "unknown")));
    }
    if (failures.size() * 2 >= batch.size() && !failures.isEmpty()) {
      requireWorkingModel(batch);
    }
    requireEnd(batch, failures);
    failures.forEach(
        (row, detail) -> batch.reject(row, new Outcome.Rejected(MODEL_REJECTED, detail)));
  }

  private static void requireWorkingModel(ModelBatch batch) {
    Optional<String> problem = GoldenCheck.problem(batch.model());
    if (problem.isPresent()) {
      throw new BrokenModelException(
          "%s does not work any more: %s".formatted(batch.model().describe(), problem.get()));
    }
  }

  private static void requireEnd(ModelBatch batch, Map<Integer, String> failures) {
    FailureStreak streak = batch.failures();
    if (failures.size() < batch.size()) {
      streak.end();
      return;
    }
    failures.keySet().forEach(row -> streak.add(batch.row(row).view()));
    if (streak.isOfTheModel()) {
      streak.end(); // What was rolled back comes again, and is counted again.
      throw new BrokenModelException(
          "%s fails on record after record of several devices, so it is the model: %s"
              .formatted(batch.model().describe(), failures.getOrDefault(0, "unknown")));
    }
  }

  private static boolean isOfOneDevice(ModelBatch batch) {
    for (int row = 1; row < batch.size(); row++) {
      if (!batch.row(row).view().isOfSameDevice(batch.row(0).view())) {
        return false;
      }
    }
    return true;
  }
}
