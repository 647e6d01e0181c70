package dev.skerry.console.picture;

import dev.skerry.console.read.Figures;
import dev.skerry.console.read.Figures.Sample;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the records of which a model was in doubt.
 *
 * @param samples candidates that became samples
 * @param bytes of them
 * @param refused candidates that did not, by reason
 * @param budgets what else the selection says of itself, by name and labels
 */
record Retraining(
    long samples, long bytes, SortedMap<String, Long> refused, SortedMap<String, Double> budgets) {

  private static final String BUDGET = "skerry_select_budget";

  static Retraining of(Figures select) {
    SortedMap<String, Long> refused = new TreeMap<>();
    for (Sample sample : select.of("skerry_select_refused_total")) {
      if (sample.value() > 0) {
        refused.put(sample.label("reason"), (long) sample.value());
      }
    }
    SortedMap<String, Double> budgets = new TreeMap<>();
    for (Sample sample : select.samples()) {
      if (sample.name().startsWith(BUDGET)) {
        budgets.put(
            sample.name().substring(BUDGET.length() + 1)
                + String.join(" ", new TreeMap<>(sample.labels()).values()),
            sample.value());
      }
    }
    return new Retraining(
        (long) select.sum("skerry_select_samples_total"),
        (long) select.sum("skerry_select_samples_value_bytes_total"),
        refused,
        budgets);
  }
}
