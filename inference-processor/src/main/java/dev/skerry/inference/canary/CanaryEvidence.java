package dev.skerry.inference.canary;

/** What the workers of a process have seen of a canary, in rounds that were committed. */
public final class CanaryEvidence {

  private final double maxSlowdown;
  private Comparison seen = Comparison.NONE;

  /**
   * Of a canary.
   *
   * @param maxSlowdown how many times as long as the champion it may take
   */
  public CanaryEvidence(double maxSlowdown) {
    this.maxSlowdown = maxSlowdown;
  }

  synchronized void add(Comparison more) {
    seen = seen.plus(more);
  }

  /** All of it. */
  public synchronized Comparison seen() {
    return seen;
  }

  double maxSlowdown() {
    return maxSlowdown;
  }
}
