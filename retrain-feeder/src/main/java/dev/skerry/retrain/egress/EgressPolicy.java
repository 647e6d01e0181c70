package dev.skerry.retrain.egress;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much of a stream's samples may leave the site, from nothing to all. */
public enum EgressPolicy {
  /** Nothing. */
  NONE,
  /** Numbers of which the payload cannot be made again; the device under a pseudonym. */
  FEATURES,
  /** The payload without what goes with it; the device under a pseudonym. */
  REDACTED,
  /** All of it. */
  FULL;

  /** The policy of that name, in small letters; empty where there is none. */
  public static Optional<EgressPolicy> named(String name) {
    return Arrays.stream(values()).filter(policy -> policy.text().equals(name)).findFirst();
  }

  /** Its name in configurations. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of two that lets less out. */
  EgressPolicy stricter(EgressPolicy other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
