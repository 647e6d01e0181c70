package dev.skerry.ingest.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** How the time of a row is written. Immutable and thread-safe. */
sealed interface RowTime {

  /** Nanoseconds since 1970; throws {@link IllegalArgumentException} for a cell that is no time. */
  long epochNanos(String cell);

  /** What it is called on the command line. */
  String name();

  /** Below this a number is too early for a time of our days: it counts from the start. */
  BigDecimal LARGEST_ELAPSED_SECONDS = new BigDecimal("1e8");

  /**
   * The format of that name: {@code iso} (also with a space for the T, without seconds, zone or
   * time of day), {@code epoch-s}, {@code epoch-ms}, {@code epoch-us}, {@code epoch-ns} (with or
   * without a fraction), {@code elapsed-s} (seconds since the start), or a pattern of {@link
   * DateTimeFormatter}, for example {@code dd.MM.yyyy HH:mm:ss}.
   */
  static RowTime named(String name, ZoneId zone, Instant start) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "iso" -> new Written("iso", Written.ISO, zone);
      case "epoch-s" -> new Counted("epoch-s", 9, 0);
      case "epoch-ms" -> new Counted("epoch-ms", 6, 0);
      case "epoch-us" -> new Counted("epoch-us", 3, 0);
      case "epoch-ns" -> new Counted("epoch-ns", 0, 0);
      case "elapsed-s" -> new Counted("elapsed-s", 9, nanos(start));
      default -> new Written(name, pattern(name), zone);
    };
  }

  /**
   * The format that the cell seems to be in; throws {@link IllegalArgumentException} if in none.
   */
  static RowTime detect(String cell, ZoneId zone, Instant start) {
    RowTime detected = named(isNumber(cell) ? countedName(cell) : "iso", zone, start);
    detected.epochNanos(cell);
    return detected;
  }

  private static boolean isNumber(String cell) {
    return !cell.isEmpty()
        && cell.chars().allMatch(c -> "0123456789.+-eE".indexOf(c) >= 0)
        && cell.indexOf('-', 1) < 0;
  }

  private static String countedName(String cell) {
    BigDecimal number = new BigDecimal(cell).abs();
    if (number.compareTo(LARGEST_ELAPSED_SECONDS) < 0) {
      return "elapsed-s";
    }
    String[] units = {"epoch-s", "epoch-ms", "epoch-us"};
    BigDecimal end = new BigDecimal("1e11");
    for (String unit : units) {
      if (number.compareTo(end) < 0) {
        return unit;
      }
      end = end.movePointRight(3);
    }
    return "epoch-ns";
  }

  private static DateTimeFormatter pattern(String pattern) {
    try {
      return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "--time-format "
              + pattern
              + " is not iso, epoch-s, epoch-ms, epoch-us, epoch-ns, elapsed-s or a date pattern: "
              + e.getMessage(),
          e);
    }
  }

  static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }

  /** A number of some unit, since 1970 or since the start. */
  record Counted(String name, int nanosExponent, long originNanos) implements RowTime {
    @Override
    public long epochNanos(String cell) {
      try {
        long nanos =
            new BigDecimal(cell)
                .movePointRight(nanosExponent)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        return Math.addExact(originNanos, nanos);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException("is beyond the years 1678 to 2262", e);
      }
    }
  }

  /** A date with or without a time of day and an offset. */
  record Written(String name, DateTimeFormatter format, ZoneId zone) implements RowTime {

    static final DateTimeFormatter ISO =
        new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .optionalEnd()
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    @Override
    public long epochNanos(String cell) {
      try {
        return nanos(instant(cell));
      } catch (DateTimeException | ArithmeticException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }

    private Instant instant(String cell) {
      TemporalAccessor parsed =
          format.parseBest(
              cell,
              ZonedDateTime::from,
              OffsetDateTime::from,
              LocalDateTime::from,
              LocalDate::from);
      if (parsed instanceof ZonedDateTime zoned) {
        return zoned.toInstant();
      }
      if (parsed instanceof OffsetDateTime offset) {
        return offset.toInstant();
      }
      if (parsed instanceof LocalDateTime local) {
        return local.atZone(zone).toInstant();
      }
      return LocalDate.from(parsed).atStartOfDay(zone).toInstant();
    }
  }
}
