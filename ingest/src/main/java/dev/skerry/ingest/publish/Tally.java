package dev.skerry.ingest.publish;

import java.util.Map;
import java.util.TreeMap;

/** Counts records by device, from when they are handed over to when they are safe. Thread-safe. */
final class Tally {

  private long taken;
  private long acknowledged;
  private final Map<String, Long> acknowledgedByDevice = new TreeMap<>();

  synchronized void took() {
    taken++;
  }

  synchronized void acknowledge(String device) {
    acknowledged++;
    acknowledgedByDevice.merge(device, 1L, Long::sum);
  }

  synchronized long taken() {
    return taken;
  }

  synchronized long acknowledged() {
    return acknowledged;
  }

  synchronized Map<String, Long> acknowledgedByDevice() {
    return new TreeMap<>(acknowledgedByDevice);
  }
}
