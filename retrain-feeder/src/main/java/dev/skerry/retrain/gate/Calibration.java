package dev.skerry.retrain.gate;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a model's confidence is from how often it is right (expected calibration error: Naeini,
 * Cooper and Hauskrecht, 2015).
 */
public final class Calibration {

  private static final int BINS = 10;

  private Calibration() {}

  /**
   * Answers whose confidence is from one edge to the other.
   *
   * @param confidence their mean
   * @param accuracy share of them that is right
   */
  public record Bin(double from, double to, long windows, double confidence, double accuracy) {}

  static List<Bin> bins(List<ScoredModel.Answer> answers, List<Boolean> right) {
    long[] count = new long[BINS];
    double[] confidence = new double[BINS];
    long[] hits = new long[BINS];
    for (int i = 0; i < answers.size(); i++) {
      int bin = (int) Math.min(BINS - 1, Math.max(0, answers.get(i).confidence() * BINS));
      count[bin]++;
      confidence[bin] += answers.get(i).confidence();
      hits[bin] += right.get(i) ? 1 : 0;
    }
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      double n = Math.max(1, count[bin]);
      bins.add(
          new Bin(
              (double) bin / BINS,
              (bin + 1.0) / BINS,
              count[bin],
              confidence[bin] / n,
              hits[bin] / n));
    }
    return bins;
  }

  static double error(List<Bin> bins) {
    double total = bins.stream().mapToLong(Bin::windows).sum();
    return total == 0
        ? 0
        : bins.stream()
            .mapToDouble(bin -> bin.windows() / total * Math.abs(bin.confidence() - bin.accuracy()))
            .sum();
  }
}
