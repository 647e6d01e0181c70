package dev.skerry.ingest.simulate;

import java.util.List;

/** What is wrong with a machine, and the label that says so. */
public enum Fault {
  NORMAL("normal"),
  UNBALANCE("unbalance"),
  MISALIGNMENT("misalignment"),
  BEARING_OUTER("bearing-outer"),
  BEARING_INNER("bearing-inner");

  /** Everything that can go wrong, in the order of the labels. */
  public static final List<Fault> DEFECTS =
      List.of(UNBALANCE, MISALIGNMENT, BEARING_OUTER, BEARING_INNER);

  private final String label;

  Fault(String label) {
    this.label = label;
  }

  /** The class label, as in the attribute {@code label.fault}. */
  public String label() {
    return label;
  }
}
