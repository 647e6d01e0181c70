package dev.skerry.ingest.simulate;

/**
 * The true state of a machine during one window.
 *
 * @param fault what is wrong
 * @param severity from 0 (as good as healthy) to 1 (about to be stopped); 0 where nothing is wrong
 */
public record Condition(Fault fault, double severity) {

  /** Nothing is wrong. */
  public static final Condition HEALTHY = new Condition(Fault.NORMAL, 0);

  public Condition {
    if (!(severity >= 0 && severity <= 1)) {
      throw new IllegalArgumentException("severity must be from 0 to 1, not " + severity);
    }
    if (fault == Fault.NORMAL && severity != 0) {
      throw new IllegalArgumentException("a healthy machine has severity 0, not " + severity);
    }
  }

  /** The severity where this is the fault, and 0 where it is not. */
  public double severityOf(Fault asked) {
    return fault == asked ? severity : 0;
  }
}
