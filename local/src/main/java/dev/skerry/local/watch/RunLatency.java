package dev.skerry.local.watch;

import java.util.HashMap;
import java.util.Map;

/**
 * Latencies of a run since each model's first answer: telemetry that was there before had waited
 * for the model to be loaded, and says how long a start takes. Where all was there before, as in a
 * short replay, it is what counts. Not thread-safe.
 */
final class RunLatency {

  private final Map<String, Long> firstAnswersMillis = new HashMap<>();
  private final LatencyHistogram starting = new LatencyHistogram();
  private final LatencyHistogram running = new LatencyHistogram();

  /**
   * Counts an answer.
   *
   * @param model which gave it
   * @param appendedAtMillis when the telemetry was appended
   * @param readAtMillis when its answer could be read
   */
  void add(String model, long appendedAtMillis, long readAtMillis) {
    Long first = firstAnswersMillis.putIfAbsent(model, readAtMillis);
    LatencyHistogram phase = first == null || appendedAtMillis < first ? starting : running;
    phase.add(readAtMillis - appendedAtMillis);
  }

  /** As {@link LatencyHistogram#percentileMillis}. */
  long percentileMillis(double share) {
    return (running.count() > 0 ? running : starting).percentileMillis(share);
  }
}
