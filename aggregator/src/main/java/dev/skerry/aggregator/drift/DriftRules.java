package dev.skerry.aggregator.drift;

import dev.skerry.aggregator.window.WindowRules;
import dev.skerry.service.ConfigException;

/**
 * When drift is one. Immutable.
 *
 * @param windowRules of the windows that are compared with the references
 * @param minCount records below which a window is too small to be judged
 * @param threshold the population stability index from which on a window has drifted
 * @param windowsInARow how many must have drifted
 * @param inputsOneIn of how many telemetry records one is looked into; 0 for none
 */
public record DriftRules(
    WindowRules windowRules, long minCount, double threshold, int windowsInARow, int inputsOneIn) {

  /** Checks all of it; the message names the key. */
  public DriftRules {
    require(minCount >= 1, "aggregator.drift.min-count is " + minCount + "; give 1 or more");
    require(
        threshold > 0 && Double.isFinite(threshold),
        "aggregator.drift.threshold is " + threshold + "; give a number over 0");
    require(
        windowsInARow >= 1, "aggregator.drift.windows is " + windowsInARow + "; give 1 or more");
    require(
        inputsOneIn >= 0,
        "aggregator.drift.inputs-one-in is " + inputsOneIn + "; give 1 or more, or 0 for none");
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new ConfigException(otherwise);
    }
  }
}
