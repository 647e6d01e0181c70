package dev.skerry.inference.task;

import dev.skerry.schemas.SampleReason;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.release.StableShare;

/**
 * Doubts that do not come from the model's answer: values that the model does not know, and the
 * random audit, which finds what a model is wrongly sure of. Immutable.
 */
public final class Doubts {

  private final float auditShare;

  /** The doubts that a contract asks for. */
  public Doubts(ModelContract contract) {
    this.auditShare = contract.thresholds().auditShare();
  }

  /**
   * Adds what there is to a verdict.
   *
   * @param outOfRange whether a value lies outside the contract's ranges
   * @param bytes where the record's identity lies, the same for the same record everywhere
   */
  public void add(Verdict verdict, boolean outOfRange, byte[] bytes, int offset, int length) {
    if (outOfRange) {
      verdict.doubt(SampleReason.OUT_OF_RANGE);
    }
    if (auditShare > 0 && StableShare.of(bytes, offset, length, 0) < auditShare) {
      verdict.doubt(SampleReason.RANDOM_AUDIT);
    }
  }
}
