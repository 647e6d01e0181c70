package dev.skerry.ingest.simulate;

import java.util.Locale;

/**
 * Which machines a fleet is made of. The populations follow the same distributions and share no
 * machine, so that a model is never judged on a machine that it was trained on.
 */
public enum Population {
  /** Machines that models are trained on. */
  TRAINING("machine-train-", 1),
  /** Machines that models are judged on. */
  HELD_OUT("machine-heldout-", 2),
  /** Machines that run at a live site. */
  SITE("machine-", 3);

  private final String idPrefix;
  private final long salt;

  Population(String idPrefix, long salt) {
    this.idPrefix = idPrefix;
    this.salt = salt;
  }

  /** The device id of a machine, for example {@code machine-train-017}. */
  public String deviceId(int machine) {
    return idPrefix + String.format(Locale.ROOT, "%03d", machine);
  }

  Seed seed(Seed fleet) {
    return fleet.child(salt);
  }
}
