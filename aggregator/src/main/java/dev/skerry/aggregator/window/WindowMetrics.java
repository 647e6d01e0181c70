package dev.skerry.aggregator.window;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What the windows count of themselves. A transaction that is aborted and tried again is counted
 * again: the truth is in the topics. Thread-safe.
 */
public final class WindowMetrics {

  private final Counter detections;
  private final Counter finalResults;
  private final Counter lateDeltas;
  private final Counter lateDetections;

  public WindowMetrics(MeterRegistry metrics) {
    detections = counter(metrics, "skerry.aggregator.detections", "Detections that were added up");
    finalResults = counter(metrics, "skerry.aggregator.windows.closed", "Final results of windows");
    lateDeltas =
        counter(metrics, "skerry.aggregator.late.deltas", "Deltas to windows that were closed");
    lateDetections =
        counter(metrics, "skerry.aggregator.late.detections", "Detections in late deltas");
  }

  void detection() {
    detections.increment();
  }

  void finalResult() {
    finalResults.increment();
  }

  void lateDelta(long count) {
    lateDeltas.increment();
    lateDetections.increment((double) count);
  }

  private static Counter counter(MeterRegistry metrics, String name, String description) {
    return Counter.builder(name).description(description).register(metrics);
  }
}
