package dev.skerry.ingest.publish;

import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a publication delivered.
 *
 * @param records that were acknowledged
 * @param recordsByDevice the same by device, sorted by name
 * @param duration from the first to the last
 * @param whole whether the source was read to its end; otherwise it was stopped or failed
 */
public record Published(
    long records, Map<String, Long> recordsByDevice, Duration duration, boolean whole) {

  private static final int DEVICES_LISTED_MAX = 20;

  /** In one line, for people. */
  public String summary() {
    double seconds = duration.toNanos() / 1e9;
    return String.format(
        Locale.ROOT,
        "%s%,d records of %,d devices in %.1f s (%,.0f records/s)%s",
        whole ? "" : "ended early: ",
        records,
        recordsByDevice.size(),
        seconds,
        seconds > 0 ? records / seconds : 0.0,
        records == 0 ? "" : "; windows per device: " + perDevice());
  }

  private String perDevice() {
    if (recordsByDevice.size() <= DEVICES_LISTED_MAX) {
      return recordsByDevice.entrySet().stream()
          .map(device -> device.getKey() + "=" + device.getValue())
          .collect(Collectors.joining(", "));
    }
    return Collections.min(recordsByDevice.values())
        + " to "
        + Collections.max(recordsByDevice.values());
  }
}
