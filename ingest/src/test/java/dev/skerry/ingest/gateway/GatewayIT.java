package dev.skerry.ingest.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import dev.skerry.broker.CommittedRecords;
import dev.skerry.broker.KafkaNode;
import dev.skerry.ingest.TelemetryTopic;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.trace.Traces;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayIT {

  private static final InMemorySpanExporter SPANS = InMemorySpanExporter.create();

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
    SdkTracerProvider tracing =
        SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(SPANS)).build();
    gateway =
        RunningGateway.traced(
            node.bootstrapServers(),
            Traces.of(OpenTelemetrySdk.builder().setTracerProvider(tracing).build()));
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    node.close();
  }

  @Test
  void shouldPutAMessageIntoTheTopicAsItSays() throws Exception {
    HttpResponse<String> answer =
        gateway.postJson(
            """
            {"deviceId": "pump-7", "stream": "pump", "eventTime": "2026-05-01T12:00:00.250Z",
             "sequence": 17, "attributes": {"firmware": "2.1"},
             "readings": {"sampleRateHz": 1, "values": [[1, 2, 3], [-1.5, 2e3, 0]]}}
            """);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"status\":\"stored\"", "\"partition\":", "\"offset\":");
    assertThat(of("pump-7"))
        .containsExactly(
            Telemetry.newBuilder()
                .setDeviceId("pump-7")
                .setSiteId("north")
                .setStream("pump")
                .setEventTime(Instant.parse("2026-05-01T12:00:00.250Z"))
                .setSequence(17)
                .setAttributes(Map.of("firmware", "2.1"))
                .setPayload(
                    Readings.newBuilder()
                        .setChannels(2)
                        .setSteps(3)
                        .setSampleRateHz(1)
                        .setValues(List.of(1f, 2f, 3f, -1.5f, 2000f, 0f))
                        .build())
                .build());
  }

  @Test
  void shouldPutTheTraceOfARequestIntoTheRecordsHeaders() throws Exception {
    String traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                gateway
                    .request(
                        "/v1/telemetry",
                        "application/json",
                        json("pump-traced", 1, 1f).getBytes(UTF_8))
                    .header("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01")
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertTraced("pump-traced", traceId);
  }

  @Test
  void shouldPutTheTraceOfAnMqttMessageIntoTheRecordsHeaders() throws Exception {
    String traceId = "0af7651916cd43dd8448eb211c80319c";
    Mqtt5BlockingClient client =
        Mqtt5Client.builder()
            .identifier("traced")
            .serverHost("127.0.0.1")
            .serverPort(gateway.mqttPort())
            .buildBlocking();
    client.connect();
    client
        .publishWith()
        .topic("telemetry/pump-traced-mqtt/pump")
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload("{\"readings\":{\"values\":[1]}}".getBytes(UTF_8))
        .userProperties()
        .add("traceparent", "00-" + traceId + "-b7ad6b7169203331-01")
        .applyUserProperties()
        .send();
    client.disconnect();
    assertTraced("pump-traced-mqtt", traceId);
  }

  /** The span ends when Kafka has acknowledged, and the device is answered then too. */
  private static void assertTraced(String device, String traceId) {
    SpanData span =
        SPANS.getFinishedSpanItems().stream()
            .filter(each -> each.getTraceId().equals(traceId))
            .findFirst()
            .orElseThrow();
    assertThat(span.getName()).isEqualTo("send telemetry");
    assertThat(CommittedRecords.in(node.bootstrapServers(), Topics.TELEMETRY.name()))
        .filteredOn(record -> new String(record.key(), UTF_8).equals(device))
        .singleElement()
        .satisfies(
            record ->
                assertThat(new String(record.headers().lastHeader("traceparent").value(), UTF_8))
                    .isEqualTo("00-" + traceId + "-" + span.getSpanId() + "-01"));
  }

  @Test
  void shouldAcknowledgeAResendWithoutWritingItTwice() throws Exception {
    String message = json("pump-8", 1, 1f);
    assertThat(gateway.postJson(message).body()).contains("\"stored\"");
    HttpResponse<String> again = gateway.postJson(message);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo("{\"status\":\"already-stored\"}");
    assertThat(gateway.postJson(json("pump-8", 1, 2f)).body()).contains("\"stored\"");
    assertThat(of("pump-8")).hasSize(2);
    assertThat(gateway.metric("skerry.ingest.sequence.reused")).isPositive();
  }

  @Test
  void shouldSayWhichMessagesOfABatchFailedAndWhy() throws Exception {
    HttpResponse<String> answer =
        gateway.postJson(
            "["
                + String.join(
                    ",",
                    json("pump-9", 1, 1f),
                    "{\"deviceId\":\"pump-9\",\"stream\":\"pump\",\"colour\":\"red\"}",
                    json("pump-9", 3, 1f).replace("\"values\"", "\"steps\":7,\"values\""))
                + "]");
    assertThat(answer.statusCode()).isEqualTo(207);
    assertThat(answer.body())
        .contains("\"stored\":1,\"failed\":2")
        .contains("{\"index\":1,\"status\":400,\"reason\":\"unreadable\",\"field\":\"colour\"")
        .contains("{\"index\":2,\"status\":422,\"reason\":\"wrong-shape\"");
    assertThat(of("pump-9")).hasSize(1);
  }

  @Test
  void shouldTakeAvroAsItIs() throws Exception {
    Telemetry telemetry =
        Telemetry.newBuilder()
            .setDeviceId("gear-1")
            .setSiteId("north")
            .setStream("vibration")
            .setEventTime(Instant.ofEpochMilli(5))
            .setSequence(9)
            .setPayload(
                Readings.newBuilder().setChannels(1).setSteps(1).setValues(List.of(4f)).build())
            .build();
    byte[] bytes = new AvroEncoder<>(Telemetry.class).encode(telemetry);
    assertThat(gateway.post("/v1/telemetry", "application/avro", bytes).statusCode())
        .isEqualTo(200);
    assertThat(of("gear-1")).containsExactly(telemetry);
  }

  @Test
  void shouldTakeAnImage() throws Exception {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    assertThat(ImageIO.write(new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB), "png", png))
        .isTrue();
    HttpResponse<String> answer =
        gateway.post(
            "/v1/frames/cam%201/surface?sequence=4&attribute.lot=77",
            "image/png", png.toByteArray());
    assertThat(answer.body()).contains("\"stored\"");
    Telemetry stored =
        TelemetryTopic.read(node, Topics.TELEMETRY_FRAMES).stream().findFirst().orElseThrow();
    assertThat(stored.getDeviceId()).isEqualTo("cam 1");
    assertThat(stored.getSequence()).isEqualTo(4);
    assertThat(stored.getAttributes()).containsEntry("lot", "77");
    Frame frame = (Frame) stored.getPayload();
    assertThat(frame.getEncoding()).isEqualTo(FrameEncoding.PNG);
    assertThat(frame.getWidth()).isEqualTo(32);
    assertThat(frame.getHeight()).isEqualTo(16);
  }

  private static List<Telemetry> of(String device) {
    return TelemetryTopic.read(node).stream()
        .filter(telemetry -> telemetry.getDeviceId().equals(device))
        .toList();
  }

  static String json(String device, long sequence, float value) {
    return """
    {"deviceId":"%s","stream":"pump","eventTime":1000,"sequence":%d,"readings":{"values":[%s]}}"""
        .formatted(device, sequence, value);
  }
}
