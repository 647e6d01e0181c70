package dev.skerry.inference.overflow;

import dev.skerry.inference.batch.Diversion;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether telemetry of this process overflows now: in how many partitions, of all of its workers.
 * Says when it begins and when it ends. Thread-safe.
 */
public final class OverflowState {

  private static final Logger log = LoggerFactory.getLogger(OverflowState.class);

  private final OverflowRule rule;
  private int partitions;

  /**
   * A state in which nothing overflows.
   *
   * @throws dev.skerry.service.ConfigException for a key that cannot be, by name
   */
  public OverflowState(OverflowConfig config, MeterRegistry registry) {
    this.rule = OverflowRule.of(config);
    Gauge.builder("skerry.inference.overflow.partitions", this, OverflowState::partitions)
        .description("Partitions of which a share is left to the cloud now")
        .register(registry);
  }

  /** Decides for one worker, by what its consumer reads. */
  public Diversion forWorker(Consumer<?, ?> consumer) {
    return rule.isOn() ? new Overflow(rule, this, consumer) : Diversion.NONE;
  }

  synchronized void begins(long waitedMillis) {
    if (partitions++ == 0) {
      log.warn(
          "Telemetry has waited for {} s: {} of it overflows to the cloud from now on",
          waitedMillis / 1000,
          rule.share());
    }
  }

  synchronized void ends() {
    if (--partitions == 0) {
      log.info("Telemetry is answered in time again: nothing overflows any more");
    }
  }

  private synchronized int partitions() {
    return partitions;
  }
}
