package dev.skerry.trace;

import dev.skerry.service.trace.TraceExport;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.Map;

/**
 * OpenTelemetry's SDK, set up by its own {@code OTEL_} environment variables and {@code otel.}
 * system properties. Unless these say otherwise, spans go by OTLP over HTTP to a collector on this
 * machine, and of the traces that begin here one in a thousand is kept. What waits is bounded, and
 * sent when the process ends.
 */
public final class OtlpExport implements TraceExport {

  /** Metrics and logs go other ways. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.traces.exporter", "otlp",
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none",
          "otel.exporter.otlp.protocol", "http/protobuf",
          "otel.propagators", "tracecontext",
          "otel.traces.sampler", "parentbased_traceidratio",
          "otel.traces.sampler.arg", "0.001");

  @Override
  public OpenTelemetry open(String service) {
    return AutoConfiguredOpenTelemetrySdk.builder()
        .addPropertiesSupplier(() -> DEFAULTS)
        .addPropertiesSupplier(() -> Map.of("otel.service.name", "skerry-" + service))
        .build()
        .getOpenTelemetrySdk();
  }
}
