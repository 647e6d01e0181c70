package dev.skerry.ingest.publish;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Counts records by device, from when they are handed over to when they are safe. Thread-safe. */
final class Tally {

  private static final double MEDIAN = 0.5;
  private static final double TAIL = 0.99;

  private long taken;
  private long acknowledged;
  private long resent;
  private final Map<String, Long> acknowledgedByDevice = new TreeMap<>();
  private final Map<String, Long> refusedByReason = new TreeMap<>();
  private final Latencies latencies = new Latencies();

  synchronized void took() {
    taken++;
  }

  /** A record that is safe at once. */
  synchronized void acknowledge(String device) {
    acknowledged++;
    acknowledgedByDevice.merge(device, 1L, Long::sum);
  }

  /** A record that is safe so long after it was handed over. */
  synchronized void acknowledge(String device, long latencyNanos) {
    acknowledge(device);
    latencies.add(latencyNanos);
  }

  /** Whoever was asked will not take the record. */
  synchronized void refuse(String reason) {
    refusedByReason.merge(reason, 1L, Long::sum);
  }

  /** So many records were sent once more. */
  synchronized void resent(long records) {
    resent += records;
  }

  synchronized long taken() {
    return taken;
  }

  synchronized long acknowledged() {
    return acknowledged;
  }

  synchronized Map<String, Long> refusedByReason() {
    return new TreeMap<>(refusedByReason);
  }

  synchronized Published published(Duration duration, boolean whole) {
    return new Published(
        acknowledged,
        new TreeMap<>(acknowledgedByDevice),
        new TreeMap<>(refusedByReason),
        resent,
        latencies.quantile(MEDIAN),
        latencies.quantile(TAIL),
        duration,
        whole);
  }
}
