package dev.skerry.ingest.http;

import dev.skerry.ingest.intake.Room;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the listener for HTTP counts. Thread-safe. */
final class HttpMetrics {

  private final MeterRegistry registry;
  private final Map<Integer, Counter> byStatus = new ConcurrentHashMap<>();

  HttpMetrics(MeterRegistry registry, Room receiving, Connections connections) {
    this.registry = registry;
    Gauge.builder("skerry.ingest.http.receiving.bytes", receiving, Room::taken)
        .description("Bytes of bodies that are being received")
        .register(registry);
    Gauge.builder("skerry.ingest.http.connections", connections, Connections::open)
        .description("Open connections")
        .register(registry);
  }

  /** An answer went out. */
  void answered(int status) {
    byStatus
        .computeIfAbsent(
            status,
            code ->
                Counter.builder("skerry.ingest.http.answers")
                    .description("Answers by status")
                    .tag("status", Integer.toString(code))
                    .register(registry))
        .increment();
  }
}
