package dev.skerry.inference.task;

import dev.skerry.schemas.SampleReason;
import dev.skerry.schemas.model.ModelContract;

/**
 * Doubts that do not come from the model's answer: values that the model does not know, and the
 * random audit, which finds what a model is wrongly sure of. Immutable.
 */
public final class Doubts {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final double UNIT = 0x1p-53;

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
    if (auditShare > 0 && chance(bytes, offset, length) < auditShare) {
      verdict.doubt(SampleReason.RANDOM_AUDIT);
    }
  }

  /** A number from 0 to below 1 that depends on the bytes alone: FNV-1a, then MurmurHash3's mix. */
  static double chance(byte[] bytes, int offset, int length) {
    long hash = FNV_OFFSET;
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ (bytes[i] & 0xFF)) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 33;
    return (hash >>> 11) * UNIT;
  }
}
