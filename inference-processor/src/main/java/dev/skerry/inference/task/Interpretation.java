package dev.skerry.inference.task;

import dev.skerry.schemas.model.ModelContract;

/**
 * Turns the numbers that a model gave for a record into a verdict, as the contract's task says. It
 * allocates nothing for a record. Not thread-safe: one per worker and model.
 */
public sealed interface Interpretation
    permits Classification, AnomalyScoring, Regression, BoxDetection {

  /** The interpretation that a contract asks for. */
  static Interpretation of(ModelContract contract) {
    return switch (contract.task()) {
      case CLASSIFY -> new Classification(contract);
      case ANOMALY -> new AnomalyScoring(contract);
      case REGRESS -> new Regression(contract);
      case DETECT -> new BoxDetection(contract);
    };
  }

  /** Reads one row, whose numbers are all finite, and writes what it means. */
  void read(ModelRow row, Verdict verdict);
}
