package dev.skerry.aggregator.window;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What the windows count of themselves. A transaction that is aborted and tried again is counted
 * again: the truth is in the topics. Thread-safe.
 */
public final class WindowMetrics {

  private final Counter finalResults;
  private final Counter lateDeltas;
  private final Counter lateRecords;

  /**
   * Counters for one set of windows.
   *
   * @param windows its name, a label of the counters
   */
  public WindowMetrics(MeterRegistry metrics, String windows) {
    finalResults =
        counter(metrics, windows, "skerry.aggregator.windows.closed", "Final results of windows");
    lateDeltas =
        counter(
            metrics,
            windows,
            "skerry.aggregator.late.deltas",
            "Deltas to windows that were closed");
    lateRecords =
        counter(metrics, windows, "skerry.aggregator.late.records", "Records that came too late");
  }

  void finalResult() {
    finalResults.increment();
  }

  void lateDelta(long records) {
    lateDeltas.increment();
    lateRecords.increment((double) records);
  }

  private static Counter counter(
      MeterRegistry metrics, String windows, String name, String description) {
    return Counter.builder(name).description(description).tag("windows", windows).register(metrics);
  }
}
