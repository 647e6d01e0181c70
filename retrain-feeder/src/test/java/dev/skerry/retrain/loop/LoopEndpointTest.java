package dev.skerry.retrain.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.service.Observability;
import dev.skerry.service.ServiceConfig;
import dev.skerry.service.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopEndpointTest {

  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void shouldAskForATrainingByHandAndSayNothingBeforeTheTopicsAreRead() throws Exception {
    Champion champion =
        new Champion(
            Path.of("../models/vibration-first/vibration-faults.onnx"),
            Path.of("nowhere"),
            () -> {
              throw new IllegalStateException("nothing is fetched");
            });
    LoopBoard board =
        new LoopBoard(
            "vibration",
            champion,
            new Trigger(1, 1, Duration.ZERO, Duration.ZERO),
            new Underway(),
            new LoopMetrics(new SimpleMeterRegistry(), "vibration"));
    ServiceConfig.Http http =
        Settings.of(Map.of("kafka.bootstrap.servers", "127.0.0.1:1")).service().http();
    try (Observability observability = Observability.start(http)) {
      new LoopEndpoint(asked::incrementAndGet, board, Trainings.of(Path.of("none"), "vibration"))
          .serveAt(observability);
      assertThat(answer(observability, "GET", "/loop")).isEqualTo(503);
      assertThat(answer(observability, "GET", "/train")).isEqualTo(405);
      assertThat(asked).hasValue(0);
      assertThat(answer(observability, "POST", "/train")).isEqualTo(202);
      assertThat(asked).hasValue(1);
    }
  }

  private static int answer(Observability observability, String method, String path)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + observability.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
