package dev.skerry.warehouse.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skerry.service.Health;
import dev.skerry.warehouse.TestWarehouse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against what Kafka Connect's REST interface answers. */
class WatchdogTest {

  private static final String CONNECTOR = "warehouse-aggregates";
  private static final String RUNNING = "{\"id\": 0, \"state\": \"RUNNING\"}";
  private static final String FAILED =
      """
      {"id": 1, "state": "FAILED", "trace": "org.apache.kafka.connect.errors.ConnectException: put\\n\\tat here\\nCaused by: java.net.ConnectException: refused\\n\\tat there\\n"}""";

  @TempDir Path directory;
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Health health = new Health();
  private final List<String> restarts = new CopyOnWriteArrayList<>();
  private volatile int code = 200;
  private volatile String tasks = RUNNING;
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private HttpServer connect;
  private Watchdog watchdog;

  @BeforeEach
  void start() throws IOException {
    connect = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
    connect.createContext("/connectors", this::answer);
    connect.start();
    watchdog =
        new Watchdog(
            new ConnectRest(URI.create("http://127.0.0.1:" + connect.getAddress().getPort())),
            TestWarehouse.config(directory).watchdog(),
            metrics,
            health,
            () -> now);
  }

  @AfterEach
  void stop() {
    connect.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("POST")) {
        restarts.add(exchange.getRequestURI().toString());
      }
      byte[] body =
          "{\"%s\": {\"status\": {\"connector\": {\"state\": \"RUNNING\"}, \"tasks\": [%s]}}}"
              .formatted(CONNECTOR, tasks)
              .getBytes(UTF_8);
      exchange.sendResponseHeaders(code, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Test
  void shouldLeaveAloneWhatRuns() throws InterruptedException {
    watchdog.look();
    assertThat(restarts).isEmpty();
    assertThat(health.readinessProblems()).isEmpty();
    assertThat(tasks("running")).isEqualTo(1);
  }

  @Test
  void shouldRestartWhatHasFailedAtOnceAndThenAfterPausesAndSayWhy() throws InterruptedException {
    tasks = RUNNING + "," + FAILED;
    watchdog.look();
    assertThat(restarts)
        .containsExactly("/connectors/" + CONNECTOR + "/restart?includeTasks=true&onlyFailed=true");
    assertThat(health.readinessProblems().get("connectors"))
        .isEqualTo(CONNECTOR + " failed: Caused by: java.net.ConnectException: refused");
    assertThat(tasks("failed")).isEqualTo(1);
    assertThat(metrics.get("skerry_warehouse_failed_tasks").gauge().value()).isEqualTo(1);

    now = now.plusSeconds(1);
    watchdog.look();
    assertThat(restarts).hasSize(1);

    now = now.plusSeconds(1);
    watchdog.look();
    assertThat(restarts).hasSize(2);
    assertThat(
            metrics
                .get("skerry_warehouse_restarts_total")
                .tag("connector", CONNECTOR)
                .counter()
                .count())
        .isEqualTo(2);
  }

  @Test
  void shouldTakeBackWhatItSaidWhenAllRunsAgain() throws InterruptedException {
    tasks = FAILED;
    watchdog.look();
    tasks = RUNNING;
    watchdog.look();
    assertThat(health.readinessProblems()).isEmpty();
    assertThat(metrics.get("skerry_warehouse_failed_tasks").gauge().value()).isZero();
    assertThat(metrics.find("skerry.warehouse.tasks").tag("state", "failed").gauge()).isNull();
  }

  @Test
  void shouldAskAgainWhereConnectDoesNotAnswer() throws InterruptedException {
    tasks = FAILED;
    code = 500;
    watchdog.look();
    assertThat(restarts).isEmpty();
    code = 200;
    watchdog.look();
    assertThat(restarts).hasSize(1);
  }

  private double tasks(String state) {
    return metrics
        .get("skerry.warehouse.tasks")
        .tags("connector", CONNECTOR, "state", state)
        .gauge()
        .value();
  }
}
