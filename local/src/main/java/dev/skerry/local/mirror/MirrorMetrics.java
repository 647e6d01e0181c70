package dev.skerry.local.mirror;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What a flow shows of itself. Thread-safe. */
final class MirrorMetrics {

  private final Counter rebuilds;
  private volatile boolean running;

  MirrorMetrics(MirrorFlow flow, MeterRegistry registry) {
    FlowTraffic.register(flow, registry);
    Gauge.builder("skerry.mirror.running", this, metrics -> metrics.running ? 1 : 0)
        .description("Whether the flow's task runs; it also runs while it waits for the link")
        .tag("flow", flow.name())
        .register(registry);
    rebuilds =
        Counter.builder("skerry.mirror.rebuilds")
            .description("How often the flow was built anew because a task had failed")
            .tag("flow", flow.name())
            .register(registry);
  }

  void running(boolean isRunning) {
    running = isRunning;
  }

  void rebuilt() {
    rebuilds.increment();
  }
}
