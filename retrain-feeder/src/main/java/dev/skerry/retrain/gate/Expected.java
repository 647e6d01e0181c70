package dev.skerry.retrain.gate;

import dev.skerry.retrain.gate.HeldBack.Labelled;
import dev.skerry.retrain.gate.HeldBack.Origin;
import dev.skerry.retrain.gate.ScoredModel.Answer;
import dev.skerry.schemas.release.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What sites are to expect of a candidate beside the champion, as upper limits: what was seen, and
 * what chance may add to so many windows. Samples that were drawn at random say what a site will
 * see; where there are too few of them, the doubted ones stand in, on which the two differ more.
 */
final class Expected {

  private static final int ENOUGH = 200;

  /** Standard errors that chance may add. */
  private static final double MARGIN = 3;

  /** Conditions come and go: a site's next hour is not its last one. */
  private static final double CHANGE = 1.5;

  private static final int LEAST_OF_A_LABEL = 10;

  private Expected() {}

  static Expectation of(List<Labelled> windows, List<Answer> before, List<Answer> after) {
    List<Integer> audits = places(windows, List.of(Origin.AUDIT));
    List<Integer> taken =
        audits.size() >= ENOUGH ? audits : places(windows, List.of(Origin.AUDIT, Origin.DOUBT));
    if (taken.isEmpty()) {
      taken = places(windows, List.of(Origin.KNOWN));
    }
    Map<String, long[]> byLabel = new TreeMap<>();
    long different = 0;
    long doubts = 0;
    for (int i : taken) {
      boolean differs = !before.get(i).label().equals(after.get(i).label());
      long[] counts = byLabel.computeIfAbsent(before.get(i).label(), label -> new long[2]);
      counts[0]++;
      counts[1] += differs ? 1 : 0;
      different += differs ? 1 : 0;
      doubts += after.get(i).inDoubt() && !before.get(i).inDoubt() ? 1 : 0;
    }
    double disagreement = limit(different, taken.size());
    Map<String, Double> limits = new TreeMap<>();
    byLabel.forEach(
        (label, counts) ->
            limits.put(label, counts[0] < LEAST_OF_A_LABEL ? 1.0 : limit(counts[1], counts[0])));
    return new Expectation(
        Math.max(disagreement, Expectation.DEFAULT.disagreement()),
        limits,
        Math.max(limit(doubts, taken.size()), Expectation.DEFAULT.lowConfidence()),
        Expectation.DEFAULT.outOfRange());
  }

  private static List<Integer> places(List<Labelled> windows, List<Origin> origins) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      if (origins.contains(windows.get(i).origin())) {
        places.add(i);
      }
    }
    return places;
  }

  private static double limit(long hits, long cases) {
    double share = (hits + 1.0) / (cases + 2.0);
    double error = Math.sqrt(share * (1 - share) / (cases + 2.0));
    return Math.min(1, CHANGE * share + MARGIN * error);
  }
}
