package dev.skerry.retrain.labels;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.broker.CommittedRecords;
import dev.skerry.broker.KafkaNode;
import dev.skerry.broker.TopicCreation;
import dev.skerry.retrain.SomeSamples;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.schemas.Label;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Observability;
import dev.skerry.service.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The labelling over HTTP, with a broker; each test has samples of a stream of its own. */
class LabelsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir static Path dir;
  private static KafkaNode cloud;
  private static CommittedRecords reader;

  @BeforeAll
  static void startBroker() throws Exception {
    cloud = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("kafka")));
    TopicCreation.create(cloud.bootstrapServers(), Topics.newTopics(Side.CLOUD));
    reader = new CommittedRecords(cloud.bootstrapServers());
  }

  @AfterAll
  static void stopBroker() {
    reader.close();
    cloud.close();
  }

  @Test
  void shouldListShowLabelAndTakeBack() throws Exception {
    RetrainingSample sample = SomeSamples.of("plant-1", "pump-1").stream("by-hand").sample(1);
    try (Desk desk = new Desk(Map.of())) {
      desk.append(sample);
      JsonNode listed = desk.awaitListed("by-hand");
      assertThat(listed.path("sampleId").asText()).isEqualTo(sample.getSampleId().toString());
      assertThat(listed.path("reasons").path(0).asText()).isEqualTo("LOW_CONFIDENCE");

      String path = "/v1/samples/" + sample.getSampleId();
      JsonNode whole = desk.get(path);
      assertThat(whole.path("readings").path("values")).hasSize(4);
      assertThat(whole.path("scores").has("normal")).isTrue();

      assertThat(
              desk.change(
                  "PUT", path + "/label", "{\"label\": \"dry-run\", \"labelledBy\": \"ann\"}"))
          .isEqualTo(200);
      assertThat(lastLabel(sample).getLabel()).isEqualTo("dry-run");
      assertThat(desk.get("/v1/samples?stream=by-hand").path("samples")).isEmpty();
      assertThat(
              desk.get("/v1/samples?stream=by-hand&state=labelled")
                  .path("counts")
                  .path("labelled")
                  .asInt())
          .isEqualTo(1);

      assertThat(desk.change("DELETE", path + "/label", "{\"labelledBy\": \"ann\"}"))
          .isEqualTo(200);
      assertThat(lastLabel(sample).getWithdrawn()).isTrue();
      assertThat(desk.get("/v1/samples?stream=by-hand").path("samples")).hasSize(1);
    }
  }

  @Test
  void shouldShowTheBytesOfAPicture() throws Exception {
    Frame frame = SomeSamples.frame(SomeSamples.picture(32, 24, 1), FrameEncoding.PNG);
    RetrainingSample sample =
        SomeSamples.of("plant-1", "cam-1").stream("pictures").payload(frame).sample(1);
    try (Desk desk = new Desk(Map.of())) {
      desk.append(sample);
      desk.awaitListed("pictures");
      String path = "/v1/samples/" + sample.getSampleId();
      String image = "/" + desk.get(path).path("frame").path("image").asText();
      HttpResponse<byte[]> shown =
          CLIENT.send(desk.request(image).build(), HttpResponse.BodyHandlers.ofByteArray());
      assertThat(shown.headers().firstValue("content-type")).contains("image/png");
      assertThat(shown.body()).isEqualTo(frame.getData().array());
    }
  }

  @Test
  void shouldLabelWhatSaysItselfWhatIsTrueOnceAndNotAgainWhatAPersonHasLabelled() throws Exception {
    SomeSamples labelled = SomeSamples.of("plant-1", "pump-2").stream("automatic");
    RetrainingSample first = labelled.attributes(Map.of("label.fault", "unbalance")).sample(1);
    RetrainingSample silent = labelled.sample(2);
    Map<String, String> automatic = Map.of("labels.automatic", "automatic=label.fault");
    try (Desk desk = new Desk(automatic)) {
      desk.append(first);
      desk.append(silent);
      await().atMost(PATIENCE).until(() -> labels(first) == 1);
      assertThat(lastLabel(first).getLabel()).isEqualTo("unbalance");
      assertThat(lastLabel(first).getLabelledBy()).isEqualTo("attribute label.fault");
      String path = "/v1/samples/" + first.getSampleId() + "/label";
      assertThat(desk.change("PUT", path, "{\"label\": \"bent-shaft\", \"labelledBy\": \"ann\"}"))
          .isEqualTo(200);
    }
    try (Desk again = new Desk(automatic)) {
      assertThat(again.get("/v1/samples?stream=automatic&state=labelled").path("samples"))
          .hasSize(1);
      assertThat(labels(first)).isEqualTo(2);
      assertThat(lastLabel(first).getLabel()).isEqualTo("bent-shaft");
      assertThat(labels(silent)).isZero();
    }
  }

  @Test
  void shouldTakeManyLabelsOfAToolOrNone() throws Exception {
    RetrainingSample one = SomeSamples.of("plant-1", "pump-3").stream("tool").sample(1);
    RetrainingSample other = SomeSamples.of("plant-1", "pump-3").stream("tool").sample(2);
    String first = "{\"sampleId\": \"%s\", \"label\": \"a\", \"labelledBy\": \"tool\"}";
    String second = "{\"sampleId\": \"%s\", \"labelledBy\": \"tool\"}";
    try (Desk desk = new Desk(Map.of())) {
      String wrong =
          "["
              + first.formatted(one.getSampleId())
              + ","
              + second.formatted(other.getSampleId())
              + "]";
      assertThat(desk.change("POST", "/v1/labels", wrong)).isEqualTo(400);
      assertThat(labels(one)).isZero();
      String right =
          "["
              + first.formatted(one.getSampleId())
              + ","
              + first.formatted(other.getSampleId())
              + "]";
      assertThat(desk.change("POST", "/v1/labels", right)).isEqualTo(200);
      assertThat(lastLabel(one).getLabel()).isEqualTo("a");
      assertThat(lastLabel(other).getLabel()).isEqualTo("a");
    }
  }

  @Test
  void shouldOfferConfiguredClassesAndServeItsPage() throws Exception {
    try (Desk desk = new Desk(Map.of("labels.classes", "classes=dent,classes=scratch"))) {
      desk.append(SomeSamples.of("plant-1", "cam-4").stream("classes").sample(1));
      desk.awaitListed("classes");
      JsonNode streams = desk.get("/v1/streams").path("streams");
      JsonNode own = streams.get(0);
      for (JsonNode stream : streams) {
        own = stream.path("stream").asText().equals("classes") ? stream : own;
      }
      assertThat(own.path("classes"))
          .extracting(JsonNode::asText)
          .contains("normal", "dent", "scratch");
      HttpResponse<String> page =
          CLIENT.send(desk.request("/").build(), HttpResponse.BodyHandlers.ofString());
      assertThat(page.body()).contains("Label samples");
      assertThat(page.headers().firstValue("content-security-policy")).isPresent();
    }
  }

  @Test
  void shouldRefuseForeignPagesForeignNamesAndWhatIsNotThere() throws Exception {
    try (Desk desk = new Desk(Map.of())) {
      String unknown = "/v1/samples/93667b25-c4f1-3dc3-9b6d-df56d12d2143";
      String body = "{\"label\": \"a\", \"labelledBy\": \"ann\"}";
      assertThat(desk.status(desk.request(unknown).build())).isEqualTo(404);
      assertThat(desk.change("PUT", unknown + "/label", body)).isEqualTo(404);
      assertThat(desk.status(desk.request("/v1/samples/7").build())).isEqualTo(400);
      assertThat(desk.status(desk.request("/v1/nothing").build())).isEqualTo(404);
      assertThat(desk.change("PUT", "/v1/samples", "{}")).isEqualTo(405);
      assertThat(desk.change("POST", "/v1/labels", "no json")).isEqualTo(400);
      assertThat(
              desk.status(
                  desk.request("/v1/labels")
                      .header("content-type", "application/json")
                      .header("origin", "http://evil.example")
                      .POST(HttpRequest.BodyPublishers.ofString("[]"))
                      .build()))
          .isEqualTo(403);
      assertThat(
              desk.status(
                  desk.request("/v1/labels")
                      .header("content-type", "text/plain")
                      .POST(HttpRequest.BodyPublishers.ofString("[]"))
                      .build()))
          .isEqualTo(415);
    }
  }

  private static long labels(RetrainingSample of) {
    String key = of.getSampleId().toString();
    return reader.in(Topics.LABELS.name()).stream()
        .filter(record -> key.equals(new String(record.key(), UTF_8)))
        .count();
  }

  private static Label lastLabel(RetrainingSample of) {
    String key = of.getSampleId().toString();
    SkerryAvroDeserializer<Label> decoder = new SkerryAvroDeserializer<>(Label.class);
    return reader.in(Topics.LABELS.name()).stream()
        .filter(record -> key.equals(new String(record.key(), UTF_8)))
        .map(record -> decoder.deserialize(record.topic(), record.value()))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  /** The service in this process, ready. */
  private static final class Desk implements AutoCloseable {

    private final Observability observability;
    private final LabelsService service;
    private final Thread thread;

    Desk(Map<String, String> overrides) throws IOException, InterruptedException {
      Map<String, String> all = new HashMap<>(overrides);
      all.put("kafka.bootstrap.servers", cloud.bootstrapServers());
      all.put("labels.http.port", "0");
      Settings settings = Settings.of(all, LabelsConfig.class);
      observability = Observability.start(settings.service().http());
      service = LabelsService.create(settings, observability);
      thread = new Thread(service::run, "labels");
      thread.start();
      await().atMost(PATIENCE).until(() -> observability.health().readinessProblems().isEmpty());
    }

    void append(RetrainingSample sample) throws Exception {
      byte[] value = new AvroEncoder<>(RetrainingSample.class).encode(sample);
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", cloud.bootstrapServers()),
              new ByteArraySerializer(),
              new ByteArraySerializer())) {
        producer.send(new ProducerRecord<>(Topics.RETRAINING_SAMPLES.name(), value)).get();
      }
    }

    JsonNode awaitListed(String stream) {
      return await()
          .atMost(PATIENCE)
          .until(
              () -> get("/v1/samples?stream=" + stream).path("samples").path(0),
              sample -> !sample.isMissingNode());
    }

    HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path));
    }

    JsonNode get(String path) throws IOException, InterruptedException {
      HttpResponse<String> answer =
          CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return JSON.readTree(answer.body());
    }

    int change(String method, String path, String body) throws IOException, InterruptedException {
      return status(
          request(path)
              .header("content-type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build());
    }

    int status(HttpRequest request) throws IOException, InterruptedException {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    @Override
    public void close() {
      service.stop();
      await().atMost(PATIENCE).until(() -> !thread.isAlive());
      service.close();
      observability.close();
    }
  }
}
