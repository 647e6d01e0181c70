package dev.skerry.retrain.select;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What the selection counts of itself. A transaction that is aborted and tried again is counted
 * again: the truth is in the topics. Thread-safe.
 */
final class SelectMetrics {

  private final MeterRegistry metrics;
  private final Counter samples;
  private final Counter sampleBytes;

  SelectMetrics(MeterRegistry metrics) {
    this.metrics = metrics;
    samples =
        Counter.builder("skerry.select.samples")
            .description("Candidates that became samples")
            .register(metrics);
    sampleBytes =
        Counter.builder("skerry.select.samples.value")
            .description("Bytes of the samples' values")
            .baseUnit("bytes")
            .register(metrics);
    for (Refusal why : Refusal.values()) {
      refused(why).increment(0); // So that a rate of zero is seen as zero, not as nothing.
    }
  }

  void count(Verdict verdict, long bytes) {
    if (verdict instanceof Verdict.Refused refusal) {
      refused(refusal.why()).increment();
    } else {
      samples.increment();
      sampleBytes.increment((double) bytes);
    }
  }

  private Counter refused(Refusal why) {
    return Counter.builder("skerry.select.refused")
        .description("Candidates that did not become samples")
        .tag("reason", why.text())
        .register(metrics);
  }
}
