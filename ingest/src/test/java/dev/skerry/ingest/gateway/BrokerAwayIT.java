package dev.skerry.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.broker.KafkaNode;
import dev.skerry.ingest.TelemetryTopic;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.topic.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a device was told is safe is in the topic exactly once, whatever happens to the broker. The
 * long case: {@code -Dgateway.devices=1000 -Dgateway.broker-away=60}.
 */
class BrokerAwayIT {

  private static final int DEVICES = Integer.getInteger("gateway.devices", 60);
  private static final int AWAY_SECONDS = Integer.getInteger("gateway.broker-away", 3);

  @TempDir Path dir;

  @SuppressWarnings("NullAway.Init")
  private KafkaNode node;

  @BeforeEach
  void start() throws Exception {
    node = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("node")));
    TelemetryTopic.create(node, Topics.TELEMETRY);
    TelemetryTopic.create(node, Topics.TELEMETRY_FRAMES);
    TelemetryTopic.create(node, Topics.DEAD_LETTERS);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void shouldLoseAndDoubleNothingWhileTheBrokerIsAway() throws Exception {
    Fleet fleet = new Fleet();
    try (RunningGateway gateway =
        RunningGateway.start(
            node.bootstrapServers(),
            "gateway.http.answer-timeout",
            "PT1S",
            "gateway.max-pending-bytes",
            "1048576")) {
      fleet.start(gateway);
      fleet.awaitAcknowledged(DEVICES * 5L);
      int port = node.port();
      node.close();
      long acknowledged = fleet.acknowledged.get();
      // Every device is told to ask again at least once while nothing can be written.
      await().atMost(Duration.ofMinutes(2)).until(() -> fleet.askedAgain.get() >= DEVICES);
      CountDownLatch away = new CountDownLatch(1);
      assertThat(away.await(AWAY_SECONDS, TimeUnit.SECONDS)).isFalse();
      assertThat(gateway.gauge("skerry.ingest.pending.bytes")).isLessThanOrEqualTo(1048576);
      node = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("node")).withPort(port));
      fleet.awaitAcknowledged(acknowledged + DEVICES * 5L);
      fleet.finish();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> gateway.gauge("skerry.ingest.pending.bytes") == 0);
    }
    fleet.assertExactlyOnceInOrder(TelemetryTopic.read(node));
  }

  @Test
  void shouldLetAResendWaitForTheWriteThatIsUnderWay() throws Exception {
    try (RunningGateway gateway = RunningGateway.start(node.bootstrapServers())) {
      assertThat(gateway.postJson(GatewayIT.json("pump-1", 0, 1f)).statusCode()).isEqualTo(200);
      int port = node.port();
      node.close();
      CompletableFuture<HttpResponse<String>> first =
          gateway.postJsonAsync(GatewayIT.json("pump-1", 1, 1f));
      double alone = awaitPendingAbove(gateway, 0);
      CompletableFuture<HttpResponse<String>> resent =
          gateway.postJsonAsync(GatewayIT.json("pump-1", 1, 1f));
      awaitPendingAbove(gateway, alone);
      assertThat(first).isNotDone();
      assertThat(resent).isNotDone();
      node = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("node")).withPort(port));
      assertThat(List.of(first.get(1, TimeUnit.MINUTES), resent.get(1, TimeUnit.MINUTES)))
          .extracting(HttpResponse::body)
          .satisfiesExactly(
              body -> assertThat(body).contains("\"status\":\"stored\""),
              body -> assertThat(body).isEqualTo("{\"status\":\"already-stored\"}"));
    }
    assertThat(TelemetryTopic.read(node))
        .extracting(Telemetry::getSequence)
        .containsExactly(0L, 1L);
  }

  @Test
  void shouldKnowAfterARestartWhatItWroteBefore() throws Exception {
    String untimed =
        "{\"deviceId\":\"p\",\"stream\":\"s\",\"sequence\":1,\"readings\":{\"values\":[1]}}";
    try (RunningGateway gateway = RunningGateway.start(node.bootstrapServers())) {
      assertThat(gateway.postJson(GatewayIT.json("pump-1", 4, 1f)).body()).contains("\"stored\"");
      assertThat(gateway.postJson(untimed).body()).contains("\"stored\"");
      assertThat(gateway.postJson(untimed.replace("\"sequence\":1,", "")).body())
          .contains("\"stored\"");
    }
    try (RunningGateway gateway = RunningGateway.start(node.bootstrapServers())) {
      assertThat(gateway.postJson(GatewayIT.json("pump-1", 4, 1f)).body()).contains("already");
      assertThat(gateway.postJson(untimed).body()).contains("already");
      assertThat(gateway.postJson(untimed.replace("\"sequence\":1,", "")).body())
          .contains("\"stored\"");
      assertThat(gateway.gauge("skerry.ingest.window.identities")).isEqualTo(4);
    }
    assertThat(TelemetryTopic.read(node)).hasSize(4);
    List<Long> unsequenced =
        TelemetryTopic.read(node).stream()
            .map(Telemetry::getSequence)
            .filter(sequence -> sequence > 4)
            .toList();
    assertThat(unsequenced).hasSize(2).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void shouldRefuseAllUntilTheBrokerIsThere() throws Exception {
    int port = node.port();
    node.close();
    try (RunningGateway gateway = RunningGateway.startWithout("127.0.0.1:" + port)) {
      HttpResponse<String> early = gateway.postJson(GatewayIT.json("pump-1", 1, 1f));
      assertThat(early.statusCode()).isEqualTo(429);
      assertThat(early.headers().firstValue("retry-after")).hasValue("1");
      node = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("node")).withPort(port));
      gateway.awaitReady();
      assertThat(gateway.postJson(GatewayIT.json("pump-1", 1, 1f)).statusCode()).isEqualTo(200);
    }
  }

  private static double awaitPendingAbove(RunningGateway gateway, double bytes) {
    return await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> gateway.gauge("skerry.ingest.pending.bytes"), pending -> pending > bytes);
  }

  /** Devices that send one message after the other, each until they are told that it is safe. */
  private static final class Fleet {

    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong askedAgain = new AtomicLong();
    private final AtomicBoolean finishing = new AtomicBoolean();
    private final Map<String, Long> lastAcknowledged = new ConcurrentHashMap<>();
    private final List<CompletableFuture<Void>> devices = new ArrayList<>();

    void start(RunningGateway gateway) {
      for (int i = 0; i < DEVICES; i++) {
        devices.add(send(gateway, "device-" + i, 0));
      }
    }

    private CompletableFuture<Void> send(RunningGateway gateway, String device, long sequence) {
      return gateway
          .postJsonAsync(GatewayIT.json(device, sequence, 1f))
          .thenComposeAsync(
              answer -> {
                if (answer.statusCode() != 200) {
                  assertThat(answer.statusCode()).isIn(429, 503);
                  assertThat(answer.headers().firstValue("retry-after")).isPresent();
                  askedAgain.incrementAndGet();
                  return send(gateway, device, sequence);
                }
                acknowledged.incrementAndGet();
                lastAcknowledged.put(device, sequence);
                return finishing.get()
                    ? CompletableFuture.completedFuture(null)
                    : send(gateway, device, sequence + 1);
              },
              CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
    }

    void awaitAcknowledged(long count) {
      await()
          .atMost(Duration.ofMinutes(3))
          .until(
              () ->
                  acknowledged.get() >= count
                      || devices.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
    }

    void finish() throws Exception {
      finishing.set(true);
      CompletableFuture.allOf(devices.toArray(CompletableFuture[]::new)).get(3, TimeUnit.MINUTES);
    }

    void assertExactlyOnceInOrder(List<Telemetry> stored) {
      Map<String, List<Long>> sequences =
          stored.stream()
              .collect(
                  Collectors.groupingBy(
                      Telemetry::getDeviceId,
                      HashMap::new,
                      Collectors.mapping(Telemetry::getSequence, Collectors.toList())));
      assertThat(sequences).hasSize(DEVICES);
      sequences.forEach(
          (device, numbers) -> {
            List<Long> expected = new ArrayList<>();
            for (long i = 0; i <= lastAcknowledged.getOrDefault(device, -1L); i++) {
              expected.add(i);
            }
            assertThat(numbers).as(device).isEqualTo(expected);
          });
    }
  }
}
