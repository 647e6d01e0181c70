package dev.skerry.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.skerry.service.trace.Traces;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A collector that takes what comes, and a process that traces. */
class OtlpExportTest {

  private static final String SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final List<String> received = new CopyOnWriteArrayList<>();
  private HttpServer collector;

  @BeforeEach
  void startACollector() throws Exception {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          try (exchange) {
            received.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
          }
        });
    collector.start();
    properties().forEach((key, value) -> System.setProperty(key, value));
  }

  private Map<String, String> properties() {
    return Map.of(
        "otel.exporter.otlp.endpoint",
        "http://127.0.0.1:" + collector.getAddress().getPort(),
        "otel.bsp.schedule.delay",
        "50");
  }

  @AfterEach
  void stop() {
    properties().keySet().forEach(System::clearProperty);
    collector.stop(0);
  }

  @Test
  void shouldSendTheSpansOfSampledTracesToTheCollector() {
    Traces traces = Traces.exported("gateway");
    for (int i = 0; i < 3; i++) {
      traces.publish("telemetry-frames").end(null); // One in a thousand of these is kept.
    }
    traces.following(SAMPLED, () -> traces.publish("telemetry")).end(null);
    await().untilAsserted(() -> assertThat(received).isNotEmpty());
    assertThat(String.join("", received))
        .contains("skerry-gateway")
        .contains("send telemetry")
        .contains("messaging.destination.name");
  }
}
