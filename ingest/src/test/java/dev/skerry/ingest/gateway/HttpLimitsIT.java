package dev.skerry.ingest.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.broker.KafkaNode;
import dev.skerry.ingest.TelemetryTopic;
import dev.skerry.ingest.body.Bodies;
import dev.skerry.ingest.body.Mutation;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is no telemetry, too much of it, or too slow. The long case: {@code -Dgateway.fuzz=1000000}.
 */
class HttpLimitsIT {

  private static final int FUZZED = Integer.getInteger("gateway.fuzz", 2_000);

  /** Fewer than the connections that this gateway takes. */
  private static final int AT_A_TIME = 16;

  @SuppressWarnings("NullAway.Init")
  private static KafkaNode node;

  @SuppressWarnings("NullAway.Init")
  private static RunningGateway gateway;

  @BeforeAll
  static void start(@TempDir Path dir) throws Exception {
    node = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("node")));
    TelemetryTopic.create(node, Topics.TELEMETRY);
    TelemetryTopic.create(node, Topics.TELEMETRY_FRAMES);
    TelemetryTopic.create(node, Topics.DEAD_LETTERS);
    gateway =
        RunningGateway.start(
            node.bootstrapServers(),
            "gateway.http.max-body-bytes",
            "2000",
            "gateway.http.body-timeout",
            "PT0.5S",
            "gateway.http.max-connections",
            "40");
  }

  @AfterAll
  static void stop() {
    gateway.close();
    node.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"deviceId\": \"a\"}             | 400 | readings",
        "{\"deviceId\": 7}                 | 400 | deviceId",
        "{\"stream\": \"s\", \"x\": [1,{}]} | 400 | x",
        "{\"sequence\": 9223372036854775808} | 400 | sequence",
        "{\"sequence\": 1.5}               | 400 | sequence",
        "{\"eventTime\": \"yesterday\"}    | 400 | eventTime",
        "{\"readings\": {\"values\": [1, 1e39]}} | 400 | readings.values[1]",
        "{\"readings\": {\"values\": [1, NaN]}}  | 400 | readings.values[1]",
        "{\"readings\": {\"values\": [[1], [1, 2]]}} | 400 | readings.values[1]",
        "{\"deviceId\": \"a\", \"deviceId\": \"a\"}   | 400 | deviceId",
        "{\"deviceId\": \"a\"              | 400 | column",
        "[1]                               | 207 | JSON object",
        "17                                | 400 | line 1, column 1",
        "''                                | 400 | line 1",
        "{\"deviceId\":\"a\",\"stream\":\"s\",\"sequence\":-1,\"readings\":{\"values\":[1]}} | 422 | sequence",
        "{\"deviceId\":\"a\",\"stream\":\"s\",\"siteId\":\"x\",\"readings\":{\"values\":[1]}} | 422 | siteId"
      })
  void shouldNameFieldAndPosition(String body, int status, String named) throws Exception {
    HttpResponse<String> answer = gateway.postJson(body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(named, "\"detail\":\"");
  }

  @Test
  void shouldKeepAMessageAgainstTheRulesOnceWithItsBytes() throws Exception {
    String message =
        "{\"deviceId\":\"keep\",\"stream\":\"s\",\"sequence\":3,"
            + "\"readings\":{\"steps\":2,\"values\":[1]}}";
    assertThat(gateway.postJson("[" + message + "]").statusCode()).isEqualTo(207);
    assertThat(gateway.postJson("[ " + message + "]").statusCode()).isEqualTo(207);
    List<DeadLetter> letters =
        TelemetryTopic.readDeadLetters(node).stream()
            .filter(letter -> letter.getDetail().contains("0 channels of 2 steps"))
            .toList();
    assertThat(letters).hasSize(1);
    byte[] original = new byte[letters.get(0).getOriginalValue().remaining()];
    letters.get(0).getOriginalValue().get(original);
    assertThat(new String(original, US_ASCII)).isEqualTo(message);
    assertThat(letters.get(0).getStage()).isEqualTo("ingest");
  }

  @Test
  void shouldRefuseWhatIsTooLargeAndOtherPathsMethodsAndTypes() throws Exception {
    byte[] large = new byte[2001];
    assertThat(gateway.post("/v1/telemetry", "application/json", large).statusCode())
        .isEqualTo(413);
    assertThat(raw(chunked(large))).startsWith("HTTP/1.1 413");
    assertThat(gateway.post("/v1/telemetry", "text/plain", new byte[1]).statusCode())
        .isEqualTo(415);
    assertThat(gateway.post("/v1/telemetri", "application/json", new byte[1]).statusCode())
        .isEqualTo(404);
    assertThat(gateway.post("/v1/frames/a/s", "image/png", new byte[99]).statusCode())
        .isEqualTo(400);
    assertThat(gateway.post("/v1/frames/a/s?sequence=x", "image/png", new byte[9]).body())
        .contains("\"field\":\"sequence\"");
    assertThat(raw("GET /v1/telemetry HTTP/1.1\r\nhost: a\r\n\r\n")).startsWith("HTTP/1.1 405");
  }

  @Test
  void shouldNotWaitForeverForABody() throws Exception {
    assertThat(
            raw(
                "POST /v1/telemetry HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n"
                    + "content-length: 100\r\n\r\n{"))
        .startsWith("HTTP/1.1 408");
  }

  @Test
  void shouldCloseAConnectionTooMany() throws Exception {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        open.add(new Socket(InetAddress.getLoopbackAddress(), gateway.port()));
      }
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> gateway.gauge("skerry.ingest.http.connections") == 40);
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> gateway.gauge("skerry.ingest.http.connections") < 40);
    assertThat(gateway.postJson(GatewayIT.json("after", 1, 1f)).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldAnswerFuzzedBodiesWithoutFailingOrKeepingAnything() throws Exception {
    List<byte[]> seeds =
        List.of(Bodies.json(), Bodies.jsonArray(), Bodies.avro(), Bodies.avroBatch());
    List<String> types =
        List.of(
            "application/json",
            "application/x-ndjson",
            "application/avro",
            "application/avro-batch");
    Random random = new Random(77);
    Semaphore underway = new Semaphore(AT_A_TIME);
    Map<Integer, AtomicLong> answers = new ConcurrentHashMap<>();
    for (int i = 0; i < FUZZED; i++) {
      byte[] body = Mutation.of(seeds, random);
      underway.acquire();
      CompletableFuture<Void> unusedAnswer =
          gateway
              .postAsync("/v1/telemetry", types.get(i % 4), body)
              .handle((answer, failure) -> failure == null ? answer.statusCode() : -1)
              .thenAccept(
                  status -> {
                    answers.computeIfAbsent(status, first -> new AtomicLong()).incrementAndGet();
                    underway.release();
                  });
    }
    underway.acquire(AT_A_TIME);
    assertThat(answers.keySet()).as("%s", answers).isSubsetOf(200, 207, 400, 413, 422);
    assertThat(answers.values().stream().mapToLong(AtomicLong::get).sum()).isEqualTo(FUZZED);
    System.out.println("Answers to changed bodies, by status: " + answers);
    assertThat(gateway.gauge("skerry.ingest.pending.bytes")).isZero();
    assertThat(gateway.gauge("skerry.ingest.http.receiving.bytes")).isZero();
  }

  private static String chunked(byte[] body) {
    return "POST /v1/telemetry HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n"
        + "transfer-encoding: chunked\r\n\r\n"
        + Integer.toHexString(body.length)
        + "\r\n"
        + "x".repeat(body.length)
        + "\r\n0\r\n\r\n";
  }

  /** What comes back until the gateway closes the connection. */
  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout((int) TimeUnit.MINUTES.toMillis(1));
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), US_ASCII);
    }
  }
}
