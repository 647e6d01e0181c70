package dev.skerry.inference.canary;

import java.util.HashMap;
import java.util.Map;

/**
 * A comparison as figures by name and back, so that processes can tell each other what they have
 * seen. Of each share there are its cases and its hits.
 */
public final class ComparisonFigures {

  private static final String CASES = "cases:";
  private static final String HITS = "hits:";
  private static final String LABEL = "label:";
  private static final String ERRORS = "errors";
  private static final String SLOW = "slowRuns";
  private static final String LOW_CONFIDENCE = "lowConfidence";
  private static final String OUT_OF_RANGE = "outOfRange";
  private static final String BROKEN = "broken";

  private ComparisonFigures() {}

  /** All of it, as figures. */
  public static Map<String, Double> of(Comparison seen) {
    Map<String, Double> figures = new HashMap<>();
    put(figures, ERRORS, seen.errors());
    put(figures, SLOW, seen.slow());
    put(figures, LOW_CONFIDENCE, seen.lowConfidence());
    put(figures, OUT_OF_RANGE, seen.outOfRange());
    seen.disagreementByLabel().forEach((label, counts) -> put(figures, LABEL + label, counts));
    figures.put(BROKEN, seen.broken() ? 1.0 : 0.0);
    return figures;
  }

  private static void put(Map<String, Double> figures, String name, Counts counts) {
    figures.put(CASES + name, (double) counts.cases());
    figures.put(HITS + name, (double) counts.hits());
  }

  /** From figures; what is not there is none. */
  public static Comparison read(Map<String, Double> figures) {
    Map<String, Counts> byLabel = new HashMap<>();
    for (String name : figures.keySet()) {
      if (name.startsWith(CASES + LABEL)) {
        byLabel.put(
            name.substring((CASES + LABEL).length()),
            counts(figures, name.substring(CASES.length())));
      }
    }
    return new Comparison(
        counts(figures, ERRORS),
        counts(figures, SLOW),
        counts(figures, LOW_CONFIDENCE),
        counts(figures, OUT_OF_RANGE),
        byLabel,
        figures.getOrDefault(BROKEN, 0.0) > 0);
  }

  private static Counts counts(Map<String, Double> figures, String name) {
    long cases = figures.getOrDefault(CASES + name, 0.0).longValue();
    long hits = figures.getOrDefault(HITS + name, 0.0).longValue();
    return new Counts(cases, Math.min(cases, hits));
  }
}
