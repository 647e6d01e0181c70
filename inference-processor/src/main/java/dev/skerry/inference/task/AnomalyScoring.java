package dev.skerry.inference.task;

import static java.util.Objects.requireNonNull;

import dev.skerry.schemas.SampleReason;
import dev.skerry.schemas.model.ModelContract;

/**
 * An anomaly from the threshold on. The score is the model's own or, where the model gives its
 * input back, the mean squared error of that.
 */
final class AnomalyScoring implements Interpretation {

  private static final int NORMAL = 0;
  private static final int ANOMALY = 1;

  private final boolean reconstruction;
  private final int elements;
  private final float threshold;
  private final float leastConfidence;

  AnomalyScoring(ModelContract contract) {
    this.reconstruction = contract.output().reconstruction();
    this.elements = contract.input().elements();
    this.threshold = requireNonNull(contract.thresholds().anomaly());
    this.leastConfidence = contract.thresholds().lowConfidence();
  }

  @Override
  public void read(ModelRow row, Verdict verdict) {
    verdict.begin();
    float score = reconstruction ? meanSquaredError(row) : row.output().get(row.outputOffset());
    verdict.score(0, score);
    boolean anomaly = score >= threshold;
    float confidence = confidence(Math.max(score, 0));
    verdict.answer(anomaly ? ANOMALY : NORMAL, confidence, 1 - confidence);
    if (confidence < leastConfidence) {
      verdict.doubt(SampleReason.LOW_CONFIDENCE);
    }
  }

  /** The probability of an anomaly is score / (score + threshold): one half at the threshold. */
  private float confidence(double score) {
    double probability = score / (score + threshold);
    return (float) Math.max(probability, 1 - probability);
  }

  private float meanSquaredError(ModelRow row) {
    double sum = 0;
    for (int i = 0; i < elements; i++) {
      double error =
          (double) row.output().get(row.outputOffset() + i)
              - row.input().get(row.inputOffset() + i);
      sum += error * error;
    }
    return (float) Math.min(Float.MAX_VALUE, sum / elements);
  }
}
