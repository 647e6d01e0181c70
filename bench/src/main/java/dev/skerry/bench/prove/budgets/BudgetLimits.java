package dev.skerry.bench.prove.budgets;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the selection is told, and what is looked for afterwards.
 *
 * @param perMinute samples in a minute
 * @param perHour samples in an hour
 * @param perDay samples in a day
 * @param bytesPerMinute bytes of their values in a minute
 * @param perDeviceAndHour of one device in an hour
 * @param perClassAndHour of one class in an hour
 */
record BudgetLimits(
    long perMinute,
    long perHour,
    long perDay,
    long bytesPerMinute,
    long perDeviceAndHour,
    long perClassAndHour) {

  private static final double DEVICE_SHARE = 0.25;
  private static final double CLASS_SHARE = 0.5;

  /** So few that a run of a minute, in which an hour passes, meets each of them. */
  static BudgetLimits tight() {
    long perHour = 400;
    return new BudgetLimits(
        50,
        perHour,
        700,
        18_500,
        (long) Math.ceil(perHour * DEVICE_SHARE),
        (long) Math.ceil(perHour * CLASS_SHARE));
  }

  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("select.per-minute.records", Long.toString(perMinute));
    settings.put("select.per-minute.bytes", Long.toString(bytesPerMinute));
    settings.put("select.per-hour.records", Long.toString(perHour));
    settings.put("select.per-day.records", Long.toString(perDay));
    settings.put("select.device-share", Double.toString(DEVICE_SHARE));
    settings.put("select.class-share", Double.toString(CLASS_SHARE));
    settings.put("select.round", Duration.ofSeconds(5).toString());
    return settings;
  }
}
