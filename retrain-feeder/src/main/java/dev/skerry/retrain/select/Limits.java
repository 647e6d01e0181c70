package dev.skerry.retrain.select;

import dev.skerry.service.ConfigException;

/**
 * How much a site may spend, all inclusive. Immutable.
 *
 * @param minute in a minute
 * @param hour in an hour
 * @param day in a day (UTC)
 * @param deviceShare the share of the hour's records that one device may take, over 0 and up to 1
 * @param classShare the share of the hour's records that one class may take, over 0 and up to 1
 * @param driftFactor what all of it is multiplied by for a stream that drifts, 1 to 1000
 */
record Limits(
    Amount minute,
    Amount hour,
    Amount day,
    double deviceShare,
    double classShare,
    double driftFactor) {

  private static final double MAX_DRIFT_FACTOR = 1_000;

  /**
   * So much of it.
   *
   * @param records samples, 0 and up
   * @param bytes of their values, 0 and up
   */
  record Amount(long records, long bytes) {

    /** Of a period; checks it, and the message names the key. */
    static Amount of(String period, long records, long bytes) {
      requireNotNegative("select.per-" + period + ".records", records);
      requireNotNegative("select.per-" + period + ".bytes", bytes);
      return new Amount(records, bytes);
    }

    private Amount times(double factor) {
      return new Amount((long) (records * factor), (long) (bytes * factor));
    }

    private static void requireNotNegative(String key, long value) {
      if (value < 0) {
        throw new ConfigException(key + " is " + value + "; give 0 or more");
      }
    }
  }

  /** Checks all of it; the message names the key. */
  Limits {
    requireShare("select.device-share", deviceShare);
    requireShare("select.class-share", classShare);
    if (!(driftFactor >= 1 && driftFactor <= MAX_DRIFT_FACTOR)) {
      throw new ConfigException(
          "select.drift-factor is " + driftFactor + "; give a number from 1 to 1000");
    }
  }

  /** The limits for a stream that drifts. */
  Limits raised() {
    return new Limits(
        minute.times(driftFactor),
        hour.times(driftFactor),
        day.times(driftFactor),
        deviceShare,
        classShare,
        1);
  }

  /** How many samples one device may have in an hour: its share, rounded up. */
  long recordsPerDeviceAndHour() {
    return (long) Math.ceil(hour.records() * deviceShare);
  }

  /** How many samples one class of a stream may have in an hour: its share, rounded up. */
  long recordsPerClassAndHour() {
    return (long) Math.ceil(hour.records() * classShare);
  }

  /** How many samples a minute may have had by then: its part of them, rounded up. */
  long recordsOfMinute(double partOver) {
    return (long) Math.ceil(minute.records() * partOver);
  }

  private static void requireShare(String key, double share) {
    if (!(share > 0 && share <= 1)) {
      throw new ConfigException(key + " is " + share + "; give a number over 0 and up to 1");
    }
  }
}
