package dev.skerry.local.registry;

import java.util.Optional;

/** How a request names a version: a number from 1, or {@code latest}, also written -1. */
record VersionName(int number) {

  private static final int LATEST = -1;

  /** Empty where the text names no version. */
  static Optional<VersionName> parse(String text) {
    if (text.strip().equalsIgnoreCase("latest")) {
      return Optional.of(new VersionName(LATEST));
    }
    try {
      int number = Integer.parseInt(text.strip());
      return number >= 1 || number == LATEST
          ? Optional.of(new VersionName(number))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  boolean isLatest() {
    return number == LATEST;
  }
}
