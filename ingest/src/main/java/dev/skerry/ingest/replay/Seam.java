package dev.skerry.ingest.replay;

import java.util.HashMap;
import java.util.Map;

/**
 * Joins the times of several passes over the same files: the first window of a pass comes after the
 * last one of the pass before, by the time between the last two windows of its device. Not
 * thread-safe.
 */
final class Seam {

  private final Map<String, Long> lastNanosByDevice = new HashMap<>();
  private boolean begun;
  private long firstNanos;
  private long nextNanos = Long.MIN_VALUE;
  private long shiftNanos;

  /**
   * The time of a window; the windows come in their order.
   *
   * @param recordedNanos when it was recorded
   * @param stepNanos to the next one of its device, where that cannot be seen
   */
  long place(String device, long recordedNanos, long stepNanos) {
    if (!begun) {
      begun = true;
      firstNanos = recordedNanos;
    }
    Long last = lastNanosByDevice.put(device, recordedNanos);
    long step = last == null ? stepNanos : recordedNanos - last;
    nextNanos = Math.max(nextNanos, recordedNanos + step);
    return Math.addExact(recordedNanos, shiftNanos);
  }

  /** The next pass begins. */
  void pass() {
    shiftNanos = Math.addExact(shiftNanos, nextNanos - firstNanos);
    lastNanosByDevice.clear();
  }
}
