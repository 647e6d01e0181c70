package dev.skerry.local.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.service.Service;
import dev.skerry.service.ServiceGroup;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Flows of a site on threads of their own. */
public final class RunningMirror {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final ServiceGroup flows;
  private final MeterRegistry metrics;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  private RunningMirror(ServiceGroup flows, MeterRegistry metrics) {
    this.flows = flows;
    this.metrics = metrics;
  }

  /** All flows of a plan. */
  public static RunningMirror start(MirrorPlan plan) {
    return start(plan.flows());
  }

  /** Those of a plan that bring a site's topics to the cloud. */
  static RunningMirror upwards(MirrorPlan plan) {
    return start(plan.fromTheEdge());
  }

  /** These flows alone. */
  static RunningMirror start(List<MirrorFlow> flows) {
    MeterRegistry metrics = new SimpleMeterRegistry();
    List<Service> mirrors = new ArrayList<>();
    flows.forEach(flow -> mirrors.add(new Mirror(flow, metrics)));
    RunningMirror running = new RunningMirror(new ServiceGroup(mirrors), metrics);
    Thread thread = new Thread(running::run, "mirror");
    thread.setDaemon(true);
    thread.start();
    return running;
  }

  private void run() {
    try {
      flows.run();
      end.complete(null);
    } catch (Exception e) {
      end.completeExceptionally(e);
    }
  }

  /** The sum over all flows, by the name of a metric. */
  double total(String what) {
    return metrics.find("skerry.mirror." + what).functionCounters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  /** Asks all flows to stop, and does not wait for it. */
  void requestStop() {
    flows.stop();
  }

  /** Stops all flows; throws what ended one of them before. */
  public void stop() {
    stopWithin(PATIENCE);
  }

  /** Stops all flows, which may not take longer. */
  void stopWithin(Duration patience) {
    flows.stop();
    assertThat(end).succeedsWithin(patience);
  }
}
