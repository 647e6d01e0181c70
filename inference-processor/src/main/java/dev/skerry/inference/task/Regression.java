package dev.skerry.inference.task;

import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Quantity;

/**
 * Estimates of quantities; an anomaly where one is beyond its limits. Estimates come without a
 * probability, so the confidence is 1.
 */
final class Regression implements Interpretation {

  private static final int NORMAL = 0;
  private static final int ANOMALY = 1;

  private final Quantity[] quantities;

  Regression(ModelContract contract) {
    this.quantities = contract.quantities().toArray(Quantity[]::new);
  }

  @Override
  public void read(ModelRow row, Verdict verdict) {
    verdict.begin();
    int label = NORMAL;
    for (int i = 0; i < quantities.length; i++) {
      float estimate = row.output().get(row.outputOffset() + i);
      verdict.score(i, estimate);
      if (!quantities[i].allows(estimate)) {
        label = ANOMALY;
      }
    }
    verdict.answer(label, 1, 0);
  }
}
