package dev.skerry.aggregator.drift;

import dev.skerry.aggregator.window.WindowKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What was measured last of each score and channel. Thread-safe. */
final class DriftMetrics {

  private final MeterRegistry metrics;
  private final Counter tooSmall;
  private final Map<Tags, Last> lastByTags = new ConcurrentHashMap<>();

  /** What gauges read. */
  private static final class Last {
    private volatile double index;
    private volatile double threshold;
    private volatile boolean drifting;
  }

  DriftMetrics(MeterRegistry metrics) {
    this.metrics = metrics;
    this.tooSmall =
        Counter.builder("skerry.drift.windows.too.small")
            .description("Windows with too few records to be judged")
            .register(metrics);
  }

  void tooSmall() {
    tooSmall.increment();
  }

  void measured(
      WindowKey.Group group, String name, double index, double threshold, boolean drifting) {
    Tags tags =
        Tags.of(
            "stream",
            group.stream().stream(),
            "model",
            group.model(),
            "version",
            group.modelVersion(),
            "subject",
            group.label(),
            "name",
            name);
    Last last = lastByTags.computeIfAbsent(tags, this::register);
    last.index = index;
    last.threshold = threshold;
    last.drifting = drifting;
  }

  private Last register(Tags tags) {
    Last last = new Last();
    Gauge.builder("skerry.drift.psi", last, measured -> measured.index)
        .description("Population stability index of the last window that was judged")
        .tags(tags)
        .register(metrics);
    Gauge.builder("skerry.drift.threshold", last, measured -> measured.threshold)
        .description("The index from which on that window would have drifted; more for few devices")
        .tags(tags)
        .register(metrics);
    Gauge.builder("skerry.drift.drifting", last, measured -> measured.drifting ? 1 : 0)
        .description("1 while enough windows in a row have drifted")
        .tags(tags)
        .register(metrics);
    return last;
  }
}
