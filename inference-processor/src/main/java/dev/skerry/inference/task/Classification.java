package dev.skerry.inference.task;

import dev.skerry.schemas.SampleReason;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Thresholds;
import dev.skerry.schemas.model.Uncertainty;
import java.nio.FloatBuffer;

/** The most probable class; its doubts are those of uncertainty sampling (Settles, 2009). */
final class Classification implements Interpretation {

  private final int classes;
  private final boolean logits;
  private final Uncertainty measure;
  private final boolean needsEntropy;
  private final float leastConfidence;
  private final float leastMargin;
  private final float largestEntropy;
  private final double[] exponentials;

  Classification(ModelContract contract) {
    Thresholds thresholds = contract.thresholds();
    this.classes = contract.labels().size();
    this.logits = contract.output().logits();
    this.measure = contract.uncertaintyMeasure();
    this.needsEntropy = thresholds.entropy() != null || measure == Uncertainty.ENTROPY;
    this.leastConfidence = thresholds.lowConfidence();
    this.leastMargin = thresholds.margin() == null ? 0 : thresholds.margin();
    this.largestEntropy = thresholds.entropy() == null ? 1 : thresholds.entropy();
    this.exponentials = new double[classes];
  }

  @Override
  public void read(ModelRow row, Verdict verdict) {
    verdict.begin();
    if (logits) {
      softmax(row.output(), row.outputOffset(), verdict);
    } else {
      for (int i = 0; i < classes; i++) {
        verdict.score(i, row.output().get(row.outputOffset() + i));
      }
    }
    judge(verdict);
  }

  private void softmax(FloatBuffer output, int offset, Verdict verdict) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < classes; i++) {
      largest = Math.max(largest, output.get(offset + i));
    }
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      // As a double: the distance of two floats may be more than a float holds.
      exponentials[i] = Math.exp((double) output.get(offset + i) - largest);
      sum += exponentials[i];
    }
    for (int i = 0; i < classes; i++) {
      verdict.score(i, (float) (exponentials[i] / sum));
    }
  }

  private void judge(Verdict verdict) {
    int best = 0;
    float second = Float.NEGATIVE_INFINITY;
    for (int i = 1; i < classes; i++) {
      float score = verdict.score(i);
      if (score > verdict.score(best)) {
        second = verdict.score(best);
        best = i;
      } else {
        second = Math.max(second, score);
      }
    }
    float confidence = verdict.score(best);
    float margin = confidence - second;
    float entropy = needsEntropy ? entropy(verdict) : 0;
    verdict.answer(best, confidence, uncertainty(confidence, margin, entropy));
    if (confidence < leastConfidence) {
      verdict.doubt(SampleReason.LOW_CONFIDENCE);
    }
    if (margin < leastMargin) {
      verdict.doubt(SampleReason.LOW_MARGIN);
    }
    if (entropy > largestEntropy) {
      verdict.doubt(SampleReason.HIGH_ENTROPY);
    }
  }

  private float uncertainty(float confidence, float margin, float entropy) {
    return switch (measure) {
      case LEAST_CONFIDENCE -> 1 - confidence;
      case MARGIN -> 1 - margin;
      case ENTROPY -> entropy;
    };
  }

  /** Shannon's, divided by that of equal probabilities. */
  private float entropy(Verdict verdict) {
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      float probability = verdict.score(i);
      if (probability > 0) {
        sum -= probability * Math.log(probability);
      }
    }
    return (float) Math.min(1, sum / Math.log(classes));
  }
}
