package dev.skerry.ingest.simulate.camera;

import java.util.List;

/** What is wrong with a part's surface, and the label that says so. */
public enum Defect {
  OK("ok"),
  SCRATCH("scratch"),
  DENT("dent"),
  STAIN("stain"),
  CRACK("crack");

  /** Everything that can be wrong, in the order of the labels. */
  public static final List<Defect> DEFECTS = List.of(SCRATCH, DENT, STAIN, CRACK);

  private final String label;

  Defect(String label) {
    this.label = label;
  }

  /** The class label, as in the attribute {@code label.defect}. */
  public String label() {
    return label;
  }
}
