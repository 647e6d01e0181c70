package dev.skerry.retrain.select;

import java.util.ArrayList;
import java.util.List;

/**
 * Which candidate is worth most: what it is likely to teach, less the more samples of the hour its
 * class and its device have already; and now and then one by lot, whatever it is worth, so that the
 * set is not only what a model doubts. Immutable.
 */
final class Ranking {

  private final double lotShare;

  /**
   * A ranking.
   *
   * @param lotShare the share of all samples that is chosen by lot, 0 to 1
   */
  Ranking(double lotShare) {
    this.lotShare = lotShare;
  }

  /** One of those that were to choose from. */
  record Choice(int index, boolean byLot) {}

  /** The next one of at least one. */
  Choice next(List<Contender> waiting, Standing standing) {
    return standing.lotIsDue(lotShare)
        ? new Choice(byLot(waiting), /* byLot= */ true)
        : new Choice(byWorth(waiting, standing), /* byLot= */ false);
  }

  /** All in the order in which they would be chosen if each could be. */
  List<Contender> order(List<Contender> waiting, Standing standing) {
    List<Contender> left = new ArrayList<>(waiting);
    List<Contender> order = new ArrayList<>();
    while (!left.isEmpty()) {
      Choice choice = next(left, standing);
      Contender chosen = left.remove(choice.index());
      standing.take(chosen.claim(), choice.byLot());
      order.add(chosen);
    }
    return order;
  }

  /** Those first that were drawn from all telemetry: no model had a say in them. */
  private static int byLot(List<Contender> waiting) {
    int best = 0;
    for (int i = 1; i < waiting.size(); i++) {
      Claim claim = waiting.get(i).claim();
      Claim first = waiting.get(best).claim();
      boolean isEarlier = claim.lot() < first.lot();
      if (claim.audit() == first.audit() ? isEarlier : claim.audit()) {
        best = i;
      }
    }
    return best;
  }

  private static int byWorth(List<Contender> waiting, Standing standing) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < waiting.size(); i++) {
      Claim claim = waiting.get(i).claim();
      double balance = (1.0 + standing.ofClass(claim)) * (1.0 + standing.ofDevice(claim));
      double worth = waiting.get(i).information() / Math.sqrt(balance);
      boolean isEven = worth == most && claim.lot() < waiting.get(best).claim().lot();
      if (worth > most || isEven) {
        most = worth;
        best = i;
      }
    }
    return best;
  }
}
