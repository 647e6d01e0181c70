package dev.skerry.ingest.publish;

import dev.skerry.service.ConfigException;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast event time passes. Immutable.
 *
 * @param factor event time by wall-clock time, more than 0; empty: no waiting at all
 */
public record Speed(OptionalDouble factor) {

  /** As fast as possible. */
  public static final Speed MAX = new Speed(OptionalDouble.empty());

  /** As recorded. */
  public static final Speed RECORDED = times(1);

  private static final Pattern TIMES = Pattern.compile("x?([0-9]*\\.?[0-9]+)|([0-9]*\\.?[0-9]+)x");

  /** So many times as fast as recorded. */
  public static Speed times(double factor) {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new ConfigException("The speed is " + factor + "; it is a factor above zero");
    }
    return new Speed(OptionalDouble.of(factor));
  }

  /** Reads {@code recorded}, {@code max}, or a factor such as {@code 10x}, {@code x10}. */
  public static Speed parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    Matcher times = TIMES.matcher(lower);
    if (lower.equals("max")) {
      return MAX;
    }
    if (lower.equals("recorded")) {
      return RECORDED;
    }
    if (!times.matches()) {
      throw new ConfigException(
          "The speed '" + text + "' is not recorded, max or a factor such as 10x");
    }
    String factor = times.group(1) == null ? times.group(2) : times.group(1);
    return times(Double.parseDouble(factor));
  }
}
