package dev.skerry.local.terminal;

import java.util.Locale;

/** Counts and durations as people write them. */
public final class Text {

  private Text() {}

  /** 1234567 as {@code 1,234,567}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 21 ms}, {@code 3.4 s}, {@code 2 min 5 s}. */
  public static String millis(long millis) {
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }
    return "%d min %d s".formatted(millis / 60_000, millis % 60_000 / 1_000);
  }
}
