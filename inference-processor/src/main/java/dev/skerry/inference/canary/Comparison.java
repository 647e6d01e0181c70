package dev.skerry.inference.canary;

import java.util.HashMap;
import java.util.Map;

/**
 * Champion and canary side by side. Immutable.
 *
 * @param errors of the records that the canary was given, those on which it alone failed
 * @param slow of the runs on the same rows, those in which it took longer than it may
 * @param lowConfidence of the records that both scored, those of which it alone is in doubt
 * @param outOfRange of these, those that lie beyond its ranges alone
 * @param disagreementByLabel of these, those to which it gives another label, by the champion's
 * @param broken whether it failed even on its golden samples
 */
public record Comparison(
    Counts errors,
    Counts slow,
    Counts lowConfidence,
    Counts outOfRange,
    Map<String, Counts> disagreementByLabel,
    boolean broken) {

  /** Nothing yet. */
  public static final Comparison NONE =
      new Comparison(Counts.NONE, Counts.NONE, Counts.NONE, Counts.NONE, Map.of(), false);

  public Comparison {
    disagreementByLabel = Map.copyOf(disagreementByLabel);
  }

  /** With more of the same. */
  public Comparison plus(Comparison more) {
    Map<String, Counts> byLabel = new HashMap<>(disagreementByLabel);
    more.disagreementByLabel.forEach((label, counts) -> byLabel.merge(label, counts, Counts::plus));
    return new Comparison(
        errors.plus(more.errors),
        slow.plus(more.slow),
        lowConfidence.plus(more.lowConfidence),
        outOfRange.plus(more.outOfRange),
        byLabel,
        broken || more.broken);
  }

  /** Of all records that both scored. */
  Counts disagreement() {
    return disagreementByLabel.values().stream().reduce(Counts.NONE, Counts::plus);
  }
}
