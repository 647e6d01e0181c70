package dev.skerry.local.terminal;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts and durations as people write them. */
public final class Text {

  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d+)(ms|s|m|h)");

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

  /**
   * {@code 500ms}, {@code 60s}, {@code 5m}, {@code 2h} or ISO-8601 such as {@code PT90S}.
   *
   * @throws IllegalArgumentException with one sentence for anything else, 0 included
   */
  public static Duration duration(String text) {
    Duration duration = parse(text.strip());
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException("\"" + text + "\" is no time: give more than 0");
    }
    return duration;
  }

  private static Duration parse(String text) {
    Matcher matcher = SHORT_DURATION.matcher(text);
    try {
      if (!matcher.matches()) {
        return Duration.parse(text);
      }
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        default -> Duration.ofHours(amount);
      };
    } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no duration: write it as 60s, 5m or 2h", e);
    }
  }
}
