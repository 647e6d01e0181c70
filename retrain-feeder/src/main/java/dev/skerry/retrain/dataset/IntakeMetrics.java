package dev.skerry.retrain.dataset;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What the intake counts of itself. Thread-safe. */
public final class IntakeMetrics {

  private final Counter samples;
  private final Counter labels;
  private final Counter unreadable;
  private final Counter gaps;

  public IntakeMetrics(MeterRegistry metrics) {
    samples = counter(metrics, "skerry.dataset.samples", "Samples that were read");
    labels = counter(metrics, "skerry.dataset.labels", "Labels that were read");
    unreadable =
        counter(metrics, "skerry.dataset.unreadable", "Records that are neither sample nor label");
    gaps =
        counter(
            metrics, "skerry.dataset.gaps", "Times that records were deleted before being read");
  }

  void sample() {
    samples.increment();
  }

  void label() {
    labels.increment();
  }

  void unreadable() {
    unreadable.increment();
  }

  void gap() {
    gaps.increment();
  }

  private static Counter counter(MeterRegistry metrics, String name, String what) {
    return Counter.builder(name).description(what).register(metrics);
  }
}
