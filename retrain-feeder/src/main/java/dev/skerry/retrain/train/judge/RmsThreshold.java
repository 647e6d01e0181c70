package dev.skerry.retrain.train.judge;

import java.util.Arrays;
import java.util.List;

/**
 * The plain way: a window is faulty when the RMS of any channel is at or above that channel's
 * threshold. The thresholds are the pair with the best balanced accuracy on the fitting data, out
 * of all pairs of percentiles; a channel may have none.
 *
 * @param firstG threshold of the first channel; infinite for none
 * @param secondG threshold of the second channel; infinite for none
 */
public record RmsThreshold(double firstG, double secondG) {

  /**
   * What it is fitted on and judged by.
   *
   * @param firstG RMS of the first channel
   * @param secondG RMS of the second channel
   * @param faulty whether something was wrong
   */
  public record Sample(double firstG, double secondG, boolean faulty) {}

  public static RmsThreshold fit(List<Sample> samples) {
    double[] first = candidates(samples.stream().mapToDouble(Sample::firstG).sorted().toArray());
    double[] second = candidates(samples.stream().mapToDouble(Sample::secondG).sorted().toArray());
    RmsThreshold best = new RmsThreshold(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    double bestScore = best.judge(samples).balancedAccuracy();
    for (double a : first) {
      for (double b : second) {
        RmsThreshold candidate = new RmsThreshold(a, b);
        double score = candidate.judge(samples).balancedAccuracy();
        if (score > bestScore) {
          best = candidate;
          bestScore = score;
        }
      }
    }
    return best;
  }

  /** Its answers on other data. */
  public Confusion judge(List<Sample> samples) {
    Confusion confusion = new Confusion(List.of("normal", "fault"));
    for (Sample sample : samples) {
      boolean answer = sample.firstG() >= firstG || sample.secondG() >= secondG;
      confusion.add(sample.faulty() ? 1 : 0, answer ? 1 : 0);
    }
    return confusion;
  }

  private static double[] candidates(double[] sorted) {
    double[] candidates = new double[51];
    for (int i = 0; i < 50; i++) {
      candidates[i] = sorted[sorted.length * i / 50];
    }
    candidates[50] = Double.POSITIVE_INFINITY;
    return Arrays.stream(candidates).distinct().toArray();
  }
}
