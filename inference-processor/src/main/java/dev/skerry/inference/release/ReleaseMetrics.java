package dev.skerry.inference.release;

import dev.skerry.inference.lineup.CurrentLineup;
import dev.skerry.inference.lineup.StreamModels;
import dev.skerry.schemas.ModelStep;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** What became of releases, for whoever watches a site. Thread-safe. */
final class ReleaseMetrics {

  private final MeterRegistry registry;
  private volatile boolean heldUp;

  /** Meters for the models that a site was set up with. */
  ReleaseMetrics(MeterRegistry registry, List<StreamReleases.Base> bases, CurrentLineup lineup) {
    this.registry = registry;
    for (StreamReleases.Base base : bases) {
      for (ModelStep step : ModelStep.values()) {
        steps(base.id().model(), step);
      }
      Gauge.builder("skerry.inference.canary.share", () -> canaryShare(lineup, base.stream()))
          .description("Share of the devices that a canary answers, 0 to 1; 0 where none is tried")
          .tag("model", base.id().model())
          .register(registry);
    }
    Gauge.builder("skerry.inference.releases.held.up", () -> heldUp ? 1 : 0)
        .description("1 while releases cannot be followed; models serve as before")
        .register(registry);
  }

  private static double canaryShare(CurrentLineup lineup, String stream) {
    return lineup.get().streams().stream()
        .filter(models -> models.stream().equals(stream))
        .map(StreamModels::canary)
        .mapToDouble(canary -> canary == null ? 0 : canary.deviceShare())
        .sum();
  }

  private Counter steps(String model, ModelStep step) {
    return Counter.builder("skerry.inference.release.steps")
        .description("Steps of releases that this process has decided or told")
        .tag("model", model)
        .tag("step", step.name())
        .register(registry);
  }

  void stepped(String model, ModelStep step) {
    steps(model, step).increment();
  }

  void heldUp(boolean isHeldUp) {
    heldUp = isHeldUp;
  }
}
