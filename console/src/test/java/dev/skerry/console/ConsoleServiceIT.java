package dev.skerry.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.skerry.broker.FreePorts;
import dev.skerry.broker.KafkaNode;
import dev.skerry.broker.TopicCreation;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Observability;
import dev.skerry.service.Service;
import dev.skerry.service.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The console as a browser meets it, without one. */
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // Started before all tests.
class ConsoleServiceIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> orders = new CopyOnWriteArrayList<>();
  private final int port = FreePorts.next();
  private KafkaNode broker;
  private HttpServer supervisor;
  private HttpServer trainer;
  private Service console;
  private Observability observability;
  private Thread thread;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    broker = KafkaNode.start(KafkaNode.Settings.of(directory));
    TopicCreation.create(broker.bootstrapServers(), Topics.newTopics(Side.EDGE));
    supervisor = supervisor();
    trainer = trainer();
    Settings settings =
        Settings.of(
            Map.of(
                "kafka.bootstrap.servers",
                broker.bootstrapServers(),
                "console.site-id",
                "north",
                "console.http.port",
                Integer.toString(port),
                "console.parts.inference-processor",
                "http://127.0.0.1:1",
                "console.parts.retrain",
                "http://127.0.0.1:" + trainer.getAddress().getPort(),
                "console.control",
                "http://127.0.0.1:" + supervisor.getAddress().getPort(),
                "console.control-token",
                "secret"),
            ConsoleConfig.class);
    observability = Observability.start(settings.service().http());
    console = ConsoleService.create(settings, observability);
    thread =
        new Thread(
            () -> {
              try {
                console.run();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
  }

  /** Takes the place of a site's. */
  private HttpServer supervisor() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            boolean known =
                "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            String path = exchange.getRequestURI().getPath();
            if (!path.equals("/state")) {
              orders.add(path);
            }
            byte[] body =
                "{\"link\": \"up\", \"parts\": {\"mirror\": 7}, \"orders\": [\"malformed\"]}"
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    return server;
  }

  /** Takes the place of the part that makes models. */
  private static HttpServer trainer() throws IOException {
    Map<String, String> answers =
        Map.of(
            "/ready",
            "ok",
            "/metrics",
            "skerry_train_running{stream=\"vibration\"} 1\n",
            "/loop",
            "{\"stream\": \"vibration\", \"phase\": \"training\", \"labelled\": 132}",
            "/loop/report/3",
            "<html><script>alert(1)</script></html>");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String answer = answers.get(exchange.getRequestURI().getPath());
            byte[] body = String.valueOf(answer).getBytes(UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    return server;
  }

  @AfterAll
  void stop() throws InterruptedException {
    console.stop();
    thread.join();
    console.close();
    observability.close();
    supervisor.stop(0);
    trainer.stop(0);
    broker.close();
  }

  @Test
  void shouldShowWhatComesAndWhereItCameFrom() throws Exception {
    RecordMetadata place =
        send(Topics.TELEMETRY, new AvroEncoder<>(Telemetry.class).encode(readings()));
    send(Topics.DEAD_LETTERS, new AvroEncoder<>(DeadLetter.class).encode(letter(place)));
    JsonNode letters = event("letters", found -> found.size() > 0);
    assertThat(letters.get(0).get("reason").asText()).isEqualTo("NOT_AVRO");
    assertThat(letters.get(0).get("source").asText())
        .isEqualTo("telemetry/" + place.partition() + "/" + place.offset());
    JsonNode page = event("page", found -> found.path("now").path("unanswered").asLong() >= 0);
    assertThat(page.get("site").asText()).isEqualTo("north");
    assertThat(page.at("/flow/nodes/broker/health").asText()).isEqualTo("up");
    assertThat(page.at("/flow/nodes/inference-processor/health").asText())
        .as("it has never answered, and the console is young")
        .isEqualTo("starting");
    assertThat(page.at("/control/parts/mirror").asLong()).isEqualTo(7);

    HttpResponse<String> curves =
        get("/telemetry/telemetry/" + place.partition() + "/" + place.offset());
    assertThat(JSON.readTree(curves.body()).at("/channels/1/0").floatValue()).isEqualTo(3f);
    assertThat(get("/telemetry/telemetry/0/999999").statusCode()).isEqualTo(404);
    assertThat(get("/telemetry/models/0/0").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldServeThePageUnderAPolicyThatLetsNothingElseIn() throws Exception {
    HttpResponse<String> page = get("/");
    assertThat(page.body()).contains("<title>Skerry</title>");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    for (String asset :
        List.of(
            "/console.css",
            "/console.js",
            "/models.js",
            "/loop.js",
            "/cloud.js",
            "/uplot/uPlot.js",
            "/icon.svg")) {
      assertThat(get(asset).statusCode()).as(asset).isEqualTo(200);
    }
    assertThat(page.body()).doesNotContain("http://", "https://", "style=");
    assertThat(get("/secret").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldShowWhereRetrainingStandsAndConfineItsReports() throws Exception {
    JsonNode page = event("page", found -> found.path("loop").isObject());
    assertThat(page.at("/loop/labelled").asLong()).isEqualTo(132);
    assertThat(page.at("/flow/nodes/retrain/health").asText()).isEqualTo("up");
    HttpResponse<String> report = get("/reports/3");
    assertThat(report.body()).contains("<html>");
    assertThat(report.headers().allValues("Content-Security-Policy"))
        .singleElement()
        .asString()
        .contains("sandbox")
        .doesNotContain("script");
    assertThat(get("/reports/4").statusCode()).isEqualTo(404);
    assertThat(get("/reports/3%2F..").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldTakeOrdersFromItsOwnPageAlone() throws Exception {
    String own = "http://127.0.0.1:" + port;
    assertThat(order("X-Skerry-Console", "1", "Origin", own)).isEqualTo(200);
    assertThat(orders).containsExactly("/orders/malformed");
    assertThat(order("X-Skerry-Console", "1", "Origin", "http://elsewhere")).isEqualTo(403);
    assertThat(order("Origin", own)).isEqualTo(403);
    assertThat(order("X-Skerry-Console", "1", "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
    assertThat(statusUnderName("elsewhere.example")).contains(" 403 ");
    assertThat(statusUnderName("localhost:" + port)).contains(" 200 ");
    assertThat(orders).hasSize(1);
  }

  private int order(String... headers) throws IOException, InterruptedException {
    return client
        .send(
            request("/orders/malformed")
                .headers(headers)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  /** The client of Java sets the host itself. */
  private String statusUnderName(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(UTF_8));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
    }
  }

  /** The data of the first event of that name for which something holds. */
  private JsonNode event(String name, java.util.function.Predicate<JsonNode> holds) {
    return await().atMost(PATIENCE).until(() -> firstEvent(name), holds);
  }

  private JsonNode firstEvent(String name) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + port + "/events").toURL().openConnection();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8))) {
      String line = lines.readLine();
      while (!line.equals("event: " + name)) {
        line = lines.readLine();
      }
      return JSON.readTree(lines.readLine().substring("data: ".length()));
    } finally {
      connection.disconnect();
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private RecordMetadata send(Topic topic, byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      return producer
          .send(new ProducerRecord<>(topic.name(), "press-1".getBytes(UTF_8), value))
          .get();
    }
  }

  private static Telemetry readings() {
    return Telemetry.newBuilder()
        .setDeviceId("press-1")
        .setSiteId("north")
        .setStream("pump")
        .setEventTime(Instant.parse("2026-01-01T00:00:00Z"))
        .setSequence(1)
        .setPayload(
            Readings.newBuilder()
                .setChannels(2)
                .setSteps(2)
                .setValues(List.of(1f, 2f, 3f, 4f))
                .build())
        .build();
  }

  private static DeadLetter letter(RecordMetadata place) {
    DeadLetter letter = new DeadLetter();
    letter.setSiteId("north");
    letter.setStage("inference");
    letter.setReason(DeadLetterReason.NOT_AVRO);
    letter.setDetail("It is no Avro.");
    letter.setFailedAt(Instant.parse("2026-01-01T00:00:00Z"));
    letter.setSource(
        new SourceRef(
            place.topic(),
            place.partition(),
            place.offset(),
            Instant.ofEpochMilli(place.timestamp())));
    letter.setOriginalValue(ByteBuffer.wrap(new byte[] {42, 1, 2}));
    letter.setOriginalHeaders(List.of());
    return letter;
  }
}
