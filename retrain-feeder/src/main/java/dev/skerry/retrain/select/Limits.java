package dev.skerry.retrain.select;

import dev.skerry.service.ConfigException;

/**
 * How much a site may spend, all inclusive. Immutable.
 *
 * @param recordsPerHour samples in an hour, 0 and up
 * @param bytesPerHour bytes of their values in an hour, 0 and up
 * @param recordsPerDay samples in a day, 0 and up
 * @param bytesPerDay bytes of their values in a day, 0 and up
 * @param deviceShare the share of the hour's records that one device may take, over 0 and up to 1
 * @param driftFactor what all of it is multiplied by for a stream that drifts, 1 to 1000
 */
record Limits(
    long recordsPerHour,
    long bytesPerHour,
    long recordsPerDay,
    long bytesPerDay,
    double deviceShare,
    double driftFactor) {

  private static final double MAX_DRIFT_FACTOR = 1_000;

  /** Checks all of it; the message names the key. */
  Limits {
    requireNotNegative("select.per-hour.records", recordsPerHour);
    requireNotNegative("select.per-hour.bytes", bytesPerHour);
    requireNotNegative("select.per-day.records", recordsPerDay);
    requireNotNegative("select.per-day.bytes", bytesPerDay);
    if (!(deviceShare > 0 && deviceShare <= 1)) {
      throw new ConfigException(
          "select.device-share is " + deviceShare + "; give a number over 0 and up to 1");
    }
    if (!(driftFactor >= 1 && driftFactor <= MAX_DRIFT_FACTOR)) {
      throw new ConfigException(
          "select.drift-factor is " + driftFactor + "; give a number from 1 to 1000");
    }
  }

  /** The limits for a stream that drifts. */
  Limits raised() {
    return new Limits(
        raised(recordsPerHour),
        raised(bytesPerHour),
        raised(recordsPerDay),
        raised(bytesPerDay),
        deviceShare,
        1);
  }

  private long raised(long limit) {
    return (long) (limit * driftFactor);
  }

  /** How many samples one device may have in an hour: its share, rounded up. */
  long recordsPerDeviceAndHour() {
    return (long) Math.ceil(recordsPerHour * deviceShare);
  }

  private static void requireNotNegative(String key, long value) {
    if (value < 0) {
      throw new ConfigException(key + " is " + value + "; give 0 or more");
    }
  }
}
