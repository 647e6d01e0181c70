package dev.skerry.local.terminal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Counts and durations as people write them. */
public final class Text {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneOffset.UTC);

  private Text() {}

  /** To the minute, in UTC: {@code 2026-03-01 10:41}. */
  public static String minute(Instant instant) {
    return MINUTE.format(instant);
  }

  /** At most so many columns of a text, with an ellipsis where it goes on. */
  static String cut(String text, int columns) {
    return text.length() <= columns ? text : text.substring(0, Math.max(0, columns - 1)) + "…";
  }

  /** A list in lines of at most so many columns, broken after its commas alone. */
  public static List<String> lines(String list, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String item : list.split("(?<=,) ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + item.length() > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(item);
    }
    lines.add(line.toString());
    return lines;
  }

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
