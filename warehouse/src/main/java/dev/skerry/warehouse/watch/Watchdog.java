package dev.skerry.warehouse.watch;

import dev.skerry.service.Health;
import dev.skerry.warehouse.WarehouseConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restarts connectors' tasks that have failed, which Connect itself never does, and says so: in the
 * log, in the metrics and in the health. {@link #look} is called by one thread.
 */
public final class Watchdog {

  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

  private final ConnectRest connect;
  private final WarehouseConfig.Watchdog config;
  private final MeterRegistry metrics;
  private final InstantSource clock;
  private final MultiGauge tasks;
  private final Map<String, RestartPlan> plans = new HashMap<>();
  private volatile List<ConnectRest.Status> failed = List.of();

  public Watchdog(
      ConnectRest connect,
      WarehouseConfig.Watchdog config,
      MeterRegistry metrics,
      Health health,
      InstantSource clock) {
    this.connect = connect;
    this.config = config;
    this.metrics = metrics;
    this.clock = clock;
    Gauge.builder(
            "skerry_warehouse_failed_tasks",
            () -> failed.stream().mapToInt(ConnectRest.Status::failedTasks).sum())
        .description("Connectors' tasks that have failed and do not run now")
        .register(metrics);
    this.tasks =
        MultiGauge.builder("skerry.warehouse.tasks")
            .description("Connectors' tasks by what they do: running, failed, unassigned, paused …")
            .register(metrics);
    health.ready("connectors", this::problem);
  }

  private Optional<String> problem() {
    List<ConnectRest.Status> now = failed;
    return now.isEmpty()
        ? Optional.empty()
        : Optional.of(
            now.stream()
                .map(status -> status.name() + " failed: " + status.why().orElse(""))
                .collect(Collectors.joining("; ")));
  }

  /** Looks once, and restarts what has failed and has waited long enough. */
  public void look() throws InterruptedException {
    try {
      List<ConnectRest.Status> all = connect.statuses();
      failed = all.stream().filter(status -> status.failedTasks() > 0).toList();
      tasks.register(all.stream().flatMap(Watchdog::rows).toList(), /* overwrite= */ true);
      for (ConnectRest.Status status : failed) {
        restart(status);
      }
    } catch (IOException e) {
      log.warn("Kafka Connect does not answer and is asked again: {}", e.toString());
    }
  }

  private static Stream<MultiGauge.Row<?>> rows(ConnectRest.Status status) {
    return status.taskStates().entrySet().stream()
        .map(
            state ->
                MultiGauge.Row.of(
                    Tags.of("connector", status.name(), "state", state.getKey()),
                    state.getValue()));
  }

  private void restart(ConnectRest.Status status) throws IOException, InterruptedException {
    Instant now = clock.instant();
    RestartPlan plan =
        plans.computeIfAbsent(
            status.name(), name -> new RestartPlan(config.backOff(), config.maxBackOff()));
    if (!plan.restartNow(now)) {
      return;
    }
    log.warn(
        "{} has failed and is restarted (should it fail again, in {}): {}",
        status.name(),
        plan.pause(),
        status.why().orElse(""));
    metrics.counter("skerry_warehouse_restarts_total", "connector", status.name()).increment();
    connect.restartFailed(status.name());
  }
}
