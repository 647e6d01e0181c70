package dev.skerry.inference.answer;

import dev.skerry.inference.batch.Outcome;
import dev.skerry.schemas.model.ModelContract;

/**
 * What the scores of one record mean.
 *
 * @param label index of the answer among the contract's labels
 * @param confidence how sure the model is of it, 0 to 1
 * @param lowConfidence whether that is below the contract's threshold
 */
record Verdict(int label, float confidence, boolean lowConfidence) {

  private static final int NORMAL = 0;
  private static final int ANOMALY = 1;

  static Verdict of(ModelContract contract, Outcome.Placed place) {
    return switch (contract.task()) {
      case CLASSIFY -> mostProbable(contract, place);
      case ANOMALY -> againstThreshold(contract, place);
      case REGRESS, DETECT ->
          throw new IllegalStateException("a model of this task is not loaded: " + contract.task());
    };
  }

  /** 1 - confidence. */
  float uncertainty() {
    return 1 - confidence;
  }

  private static Verdict mostProbable(ModelContract contract, Outcome.Placed place) {
    int best = 0;
    for (int i = 1; i < contract.scoreCount(); i++) {
      if (place.score(i) > place.score(best)) {
        best = i;
      }
    }
    return verdict(contract, best, place.score(best));
  }

  /** The probability of an anomaly is score / (score + threshold): one half at the threshold. */
  private static Verdict againstThreshold(ModelContract contract, Outcome.Placed place) {
    Float threshold = contract.thresholds().anomaly();
    if (threshold == null) {
      throw new IllegalStateException("an anomaly model without a threshold: " + contract.name());
    }
    double score = Math.max(place.score(0), 0);
    double probability = score / (score + threshold);
    boolean anomaly = place.score(0) >= threshold;
    return verdict(
        contract, anomaly ? ANOMALY : NORMAL, (float) Math.max(probability, 1 - probability));
  }

  private static Verdict verdict(ModelContract contract, int label, float confidence) {
    return new Verdict(label, confidence, confidence < contract.thresholds().lowConfidence());
  }
}
