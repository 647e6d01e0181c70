package dev.skerry.console.picture;

import dev.skerry.console.read.Figures;
import dev.skerry.console.read.Figures.Sample;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far what models see and say has moved from what they were trained on, the farthest first.
 *
 * @param measured what is measured in all
 * @param drifting how much of it drifts
 * @param farthest the few that have moved most, by their own thresholds
 */
record Drift(int measured, int drifting, List<Line> farthest) {

  private static final int MOST = 8;
  private static final String INDEX = "skerry_drift_psi";

  /**
   * One channel, or one class.
   *
   * @param subject inputs or scores
   * @param name of the channel or the class
   * @param index population stability index of the last window, 0 and up
   * @param threshold from which on the window would have drifted
   * @param drifting whether enough windows in a row have
   */
  record Line(
      String stream,
      String version,
      String subject,
      String name,
      double index,
      double threshold,
      boolean drifting) {

    double ofThreshold() {
      return threshold > 0 ? index / threshold : 0;
    }
  }

  static Drift of(Figures aggregator) {
    Map<Map<String, String>, Double> thresholds = byLabels(aggregator, "skerry_drift_threshold");
    Map<Map<String, String>, Double> drifting = byLabels(aggregator, "skerry_drift_drifting");
    List<Line> lines =
        aggregator.of(INDEX).stream()
            .map(
                sample ->
                    line(
                        sample,
                        thresholds.getOrDefault(sample.labels(), 0.0),
                        drifting.getOrDefault(sample.labels(), 0.0) > 0))
            .sorted(
                Comparator.comparing(Line::drifting)
                    .thenComparingDouble(Line::ofThreshold)
                    .reversed())
            .toList();
    return new Drift(
        lines.size(),
        (int) lines.stream().filter(Line::drifting).count(),
        lines.stream().limit(MOST).toList());
  }

  private static Line line(Sample sample, double threshold, boolean drifting) {
    return new Line(
        sample.label("stream"),
        sample.label("version"),
        sample.label("subject"),
        sample.label("name"),
        Double.isFinite(sample.value()) ? sample.value() : 0,
        threshold,
        drifting);
  }

  private static Map<Map<String, String>, Double> byLabels(Figures figures, String name) {
    Map<Map<String, String>, Double> values = new HashMap<>();
    figures.of(name).forEach(sample -> values.put(sample.labels(), sample.value()));
    return values;
  }
}
