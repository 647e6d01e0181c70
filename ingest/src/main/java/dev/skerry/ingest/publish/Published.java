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
 * @param refusedByReason records that whoever was asked will not take, by its word for the reason
 * @param resent how often a record was sent once more, with the same identity
 * @param medianLatency from handing a record over to its acknowledgement; zero where that is one
 * @param tailLatency the same for 99 of 100
 * @param duration from the first to the last
 * @param whole whether the source was read to its end; otherwise it was stopped or failed
 */
public record Published(
    long records,
    Map<String, Long> recordsByDevice,
    Map<String, Long> refusedByReason,
    long resent,
    Duration medianLatency,
    Duration tailLatency,
    Duration duration,
    boolean whole) {

  private static final int DEVICES_LISTED_MAX = 20;

  /** In one line, for people. */
  public String summary() {
    double seconds = duration.toNanos() / 1e9;
    return String.format(
            Locale.ROOT,
            "%s%,d records of %,d devices in %.1f s (%,.0f records/s)",
            whole ? "" : "ended early: ",
            records,
            recordsByDevice.size(),
            seconds,
            seconds > 0 ? records / seconds : 0.0)
        + latencies()
        + (resent == 0 ? "" : String.format(Locale.ROOT, "; %,d sent again", resent))
        + (refusedByReason.isEmpty() ? "" : "; refused: " + refused(refusedByReason))
        + (records == 0 ? "" : "; windows per device: " + perDevice());
  }

  /** Reasons and counts, for people. */
  static String refused(Map<String, Long> refusedByReason) {
    return refusedByReason.entrySet().stream()
        .map(reason -> String.format(Locale.ROOT, "%,d %s", reason.getValue(), reason.getKey()))
        .collect(Collectors.joining(", "));
  }

  private String latencies() {
    return tailLatency.isZero()
        ? ""
        : String.format(
            Locale.ROOT,
            "; acknowledged after %.1f ms (p50), %.1f ms (p99)",
            medianLatency.toNanos() / 1e6,
            tailLatency.toNanos() / 1e6);
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
