package dev.skerry.ingest.answers;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.URI;
import java.time.Duration;

/** What is counted of one address, which is named by host and port alone. Thread-safe. */
final class WebhookMetrics {

  private static final String PREFIX = "skerry.ingest.webhook.";
  private static final String ADDRESS = "address";

  private final MeterRegistry registry;
  private final String address;
  private final Timer latency;

  WebhookMetrics(MeterRegistry registry, URI uri, Progress progress) {
    this.registry = registry;
    this.address = uri.getAuthority();
    this.latency =
        Timer.builder(PREFIX + "latency")
            .description("From the model's answer to the receiver's")
            .tag(ADDRESS, address)
            .publishPercentileHistogram()
            .maximumExpectedValue(Duration.ofMinutes(5))
            .register(registry);
    Gauge.builder(PREFIX + "waiting", progress, Progress::open)
        .description("Detections in memory that are not delivered")
        .tag(ADDRESS, address)
        .register(registry);
    Gauge.builder(
            PREFIX + "oldest.seconds",
            progress,
            open -> {
              long nowMillis = System.currentTimeMillis();
              return (nowMillis - open.oldestMillis(nowMillis)) / 1000.0;
            })
        .description("Age of the oldest detection that is taken from Kafka and not delivered")
        .tag(ADDRESS, address)
        .register(registry);
  }

  /** One is done so. */
  void done(String result) {
    registry.counter(PREFIX + "detections", ADDRESS, address, "result", result).increment();
  }

  /** One was delivered. */
  void delivered(long inferredAtMillis) {
    latency.record(Duration.ofMillis(Math.max(0, System.currentTimeMillis() - inferredAtMillis)));
  }

  /** A try failed. */
  void failed() {
    registry.counter(PREFIX + "failures", ADDRESS, address).increment();
  }

  /** So many are gone because nobody took them in time. */
  void lost(long detections) {
    registry
        .counter(PREFIX + "detections", ADDRESS, address, "result", "lost")
        .increment((double) detections);
  }
}
