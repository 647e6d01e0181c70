package dev.skerry.retrain.select;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the selection counts of itself. A transaction that is aborted and tried again is counted
 * again: the truth is in the topics. Thread-safe.
 */
final class SelectMetrics {

  private final Counter samples;
  private final Counter sampleBytes;
  private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);

  SelectMetrics(MeterRegistry metrics) {
    samples =
        Counter.builder("skerry.select.samples")
            .description("Candidates that became samples")
            .register(metrics);
    sampleBytes =
        Counter.builder("skerry.select.samples.bytes")
            .description("Bytes of the samples' values")
            .baseUnit("bytes")
            .register(metrics);
    for (Refusal why : Refusal.values()) {
      refused.put(
          why,
          Counter.builder("skerry.select.refused")
              .description("Candidates that did not become samples")
              .tag("reason", why.name().toLowerCase(Locale.ROOT))
              .register(metrics));
    }
  }

  void count(Verdict verdict, long bytes) {
    if (verdict instanceof Verdict.Refused refusal) {
      refused.get(refusal.why()).increment();
    } else {
      samples.increment();
      sampleBytes.increment((double) bytes);
    }
  }
}
