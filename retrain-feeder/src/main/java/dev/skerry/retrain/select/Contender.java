package dev.skerry.retrain.select;

/**
 * A candidate that waits for the end of its round, without its bytes.
 *
 * @param claim what speaks for it
 * @param appendMillis when the edge appended it
 * @param bytes length of the value that would leave the site
 * @param information what it is likely to teach, 0 to 2.25
 */
record Contender(Claim claim, long appendMillis, int bytes, double information) {

  private static final double DISAGREEMENT = 0.5;
  private static final double OUT_OF_RANGE = 0.5;
  private static final double DRIFT = 0.25;

  static Contender of(Waiting whole, boolean drifts) {
    Claim claim = whole.claim();
    double information =
        claim.uncertainty()
            + (claim.disagreement() ? DISAGREEMENT : 0)
            + (claim.outOfRange() ? OUT_OF_RANGE : 0)
            + (drifts ? DRIFT : 0);
    return new Contender(claim, whole.appendMillis(), whole.value().length, information);
  }

  /** Whether it is the same device to which the same class was given. */
  boolean isOfTheSameKind(Contender other) {
    return claim.deviceId().equals(other.claim.deviceId())
        && claim.ofClass().equals(other.claim.ofClass());
  }
}
