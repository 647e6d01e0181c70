package dev.skerry.console.picture;

import dev.skerry.console.read.Budget;
import dev.skerry.console.read.Figures;
import dev.skerry.console.read.Figures.Sample;
import dev.skerry.console.read.PartSight;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the records of which a model was in doubt.
 *
 * @param samples candidates that became samples
 * @param bytes of them
 * @param refused candidates that did not, by reason
 * @param budgets what was spent of each
 */
record Retraining(long samples, long bytes, SortedMap<String, Long> refused, List<Budget> budgets) {

  static Retraining of(Optional<PartSight> selecting) {
    Figures select = selecting.map(PartSight::figures).orElse(Figures.NONE);
    SortedMap<String, Long> refused = new TreeMap<>();
    for (Sample sample : select.of("skerry_select_refused_total")) {
      if (sample.value() > 0) {
        refused.put(sample.label("reason"), (long) sample.value());
      }
    }
    return new Retraining(
        (long) select.sum("skerry_select_samples_total"),
        (long) select.sum("skerry_select_samples_value_bytes_total"),
        refused,
        selecting.map(PartSight::budgets).orElse(List.of()));
  }
}
