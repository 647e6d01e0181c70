package dev.skerry.ingest.simulate;

import java.util.List;

/** What is wrong with a machine or a pump, and the label that says so. */
public enum Fault {
  NORMAL("normal"),
  UNBALANCE("unbalance"),
  MISALIGNMENT("misalignment"),
  BEARING_OUTER("bearing-outer"),
  BEARING_INNER("bearing-inner"),
  CAVITATION("cavitation"),
  BLOCKED_VALVE("blocked-valve"),
  LEAKAGE("leakage"),
  BEARING_WEAR("bearing-wear");

  /** What can go wrong with a rotating machine, in the order of the labels. */
  public static final List<Fault> DEFECTS =
      List.of(UNBALANCE, MISALIGNMENT, BEARING_OUTER, BEARING_INNER);

  /** What can go wrong with a pump, in the order of the labels. */
  public static final List<Fault> PUMP_DEFECTS =
      List.of(CAVITATION, BLOCKED_VALVE, LEAKAGE, BEARING_WEAR);

  private final String label;

  Fault(String label) {
    this.label = label;
  }

  /** The class label, as in the attribute {@code label.fault}. */
  public String label() {
    return label;
  }
}
