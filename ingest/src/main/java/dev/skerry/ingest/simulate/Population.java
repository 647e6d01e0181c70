package dev.skerry.ingest.simulate;

import java.util.Locale;

/**
 * Which machines or cameras a fleet is made of. The populations follow the same distributions and
 * share no machine and no camera, so that a model is never judged on one that it was trained on.
 */
public enum Population {
  /** Those that models are trained on. */
  TRAINING("train-", 1),
  /** Those that models are judged on. */
  HELD_OUT("heldout-", 2),
  /** Those of a live site. */
  SITE("", 3);

  private final String infix;
  private final long salt;

  Population(String infix, long salt) {
    this.infix = infix;
    this.salt = salt;
  }

  /** The device id of one of a kind, for example {@code machine-train-017}. */
  public String deviceId(String kind, int index) {
    return kind + "-" + infix + String.format(Locale.ROOT, "%03d", index);
  }

  /** Where everything random about this population of a fleet comes from. */
  public Seed seed(Seed fleet) {
    return fleet.child(salt);
  }
}
