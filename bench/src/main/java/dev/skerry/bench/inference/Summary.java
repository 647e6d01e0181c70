package dev.skerry.bench.inference;

import dev.skerry.bench.subject.Subject;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Medians over interleaved runs. */
final class Summary {

  private Summary() {}

  static double median(Collection<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The median of one figure over a subject's runs; NaN where it has none. */
  static double of(
      List<BacklogFigures> runs, Subject subject, ToDoubleFunction<BacklogFigures> figure) {
    List<Double> values =
        runs.stream()
            .filter(run -> run.subject() == subject)
            .map(run -> figure.applyAsDouble(run))
            .toList();
    return values.isEmpty() ? Double.NaN : median(values);
  }
}
