package dev.skerry.retrain.train.vibration;

import dev.skerry.retrain.train.data.FeatureTable;
import dev.skerry.retrain.train.judge.Confusion;
import dev.skerry.retrain.train.judge.RmsThreshold;
import java.util.ArrayList;
import java.util.List;

/**
 * How the model did on devices that it has never seen, and how the plain threshold did.
 *
 * @param windows how many
 * @param devices of how many devices
 * @param confusion the model's answers
 * @param baseline the threshold that was fitted on the training data
 * @param baselineDetection its answers: normal or fault
 * @param bySeverity how well faults of each severity were named; empty where nobody knows it
 * @param doubtfulShare share of the windows below the confidence that makes them candidates
 * @param doubtfulAccuracy share of right answers among those
 */
public record Judgement(
    long windows,
    int devices,
    Confusion confusion,
    RmsThreshold baseline,
    Confusion baselineDetection,
    List<SeverityBand> bySeverity,
    double doubtfulShare,
    double doubtfulAccuracy) {

  private static final double[] BAND_EDGES = {0, 0.15, 0.2, 0.3, 0.5, 1.0001};

  /**
   * Faulty windows with a severity from one edge to below the other.
   *
   * @param recall share that got the right label
   */
  public record SeverityBand(double from, double toExclusive, long windows, double recall) {}

  /** From a table whose rows are the model's scores. */
  static Judgement of(
      FeatureTable scores, List<String> labels, float lowConfidence, RmsThreshold baseline) {
    Confusion confusion = new Confusion(labels);
    long doubtful = 0;
    long doubtfulRight = 0;
    for (int row = 0; row < scores.size(); row++) {
      int answer = answer(scores, row);
      boolean right = answer == scores.truth(row);
      confusion.add(scores.truth(row), answer);
      if (scores.rows().get(row)[answer] < lowConfidence) {
        doubtful++;
        doubtfulRight += right ? 1 : 0;
      }
    }
    return new Judgement(
        scores.size(),
        scores.devices(),
        confusion,
        baseline,
        baseline.judge(scores.loudness()),
        bands(scores),
        (double) doubtful / scores.size(),
        doubtful == 0 ? 1 : (double) doubtfulRight / doubtful);
  }

  private static List<SeverityBand> bands(FeatureTable scores) {
    List<SeverityBand> bands = new ArrayList<>();
    for (int band = 0; band + 1 < BAND_EDGES.length; band++) {
      long windows = 0;
      long right = 0;
      for (int row = 0; row < scores.size(); row++) {
        double severity = scores.severity(row);
        boolean inside = severity >= BAND_EDGES[band] && severity < BAND_EDGES[band + 1];
        if (scores.truth(row) != 0 && inside) {
          windows++;
          right += answer(scores, row) == scores.truth(row) ? 1 : 0;
        }
      }
      if (windows > 0) {
        bands.add(
            new SeverityBand(
                BAND_EDGES[band],
                Math.min(1, BAND_EDGES[band + 1]),
                windows,
                (double) right / windows));
      }
    }
    return List.copyOf(bands);
  }

  private static int answer(FeatureTable scores, int row) {
    float[] probabilities = scores.rows().get(row);
    int best = 0;
    for (int label = 1; label < probabilities.length; label++) {
      if (probabilities[label] > probabilities[best]) {
        best = label;
      }
    }
    return best;
  }
}
