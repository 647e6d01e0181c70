package dev.skerry.retrain.select;

import dev.skerry.retrain.sketch.Fingerprint;
import dev.skerry.service.ConfigException;
import java.time.Duration;

/**
 * How close two candidates of a device are near-duplicates. Immutable.
 *
 * @param within how long after a sample another like it is one too many; zero switches it off
 * @param decibels the mean difference of two sketches of readings up to which they are alike
 * @param bits of 256 that may differ in the hashes of two frames that are alike
 */
record Likeness(Duration within, double decibels, int bits) {

  /** Checks all of it; the message names the key. */
  Likeness {
    if (within.isNegative()) {
      throw new ConfigException(
          "select.near-duplicates.within is " + within + "; give a time of 0 or more");
    }
    if (!(decibels >= 0)) {
      throw new ConfigException(
          "select.near-duplicates.decibels is " + decibels + "; give 0 or more");
    }
    if (bits < 0 || bits > 256) {
      throw new ConfigException("select.near-duplicates.bits is " + bits + "; give 0 to 256");
    }
  }

  /** Whether two that so much time lies between show nearly the same. */
  boolean holds(Fingerprint one, Fingerprint other, long apartMillis) {
    if (within.isZero() || Math.abs(apartMillis) > within.toMillis()) {
      return false;
    }
    double most = one.kind() == Fingerprint.Kind.FRAME ? bits : decibels;
    return one.distance(other) <= most;
  }
}
