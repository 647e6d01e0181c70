package dev.skerry.aggregator.drift;

import dev.skerry.schemas.model.Distribution;
import java.util.ArrayList;
import java.util.List;

/**
 * The population stability index: the sum over the bins of (observed - reference) × ln(observed /
 * reference). 0 where nothing has moved; by custom below 0.1 is little, from 0.25 on much. Empty
 * bins count as holding one ten-thousandth.
 */
final class StabilityIndex {

  private static final double EMPTY = 1e-4;

  private StabilityIndex() {}

  static double of(Distribution reference, List<Double> observedShares) {
    double index = 0;
    for (int bin = 0; bin < observedShares.size(); bin++) {
      double expected = Math.max(EMPTY, reference.shares().get(bin));
      double observed = Math.max(EMPTY, observedShares.get(bin));
      index += (observed - expected) * Math.log(observed / expected);
    }
    return index;
  }

  /** Counts as shares of their sum, which must be 1 and up. */
  static List<Double> shares(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    List<Double> shares = new ArrayList<>();
    for (long count : counts) {
      shares.add((double) count / sum);
    }
    return shares;
  }
}
