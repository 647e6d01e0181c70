package dev.skerry.local.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.broker.KafkaNode;
import dev.skerry.local.topic.TopicSetup;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.ModelStatusKey;
import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Releases on the command line, against a cloud's broker. */
class ReleaseCommandsIT {

  private static final Path SHIPPED = Path.of("..", "models", "vibration", "vibration-faults.onnx");
  private static final String MODEL = "vibration-faults";
  private static final String VERSION = "1.0.0";

  @TempDir Path dir;
  private String bootstrapServers = "";
  private String out = "";

  @Test
  void shouldPublishListRollOutTakeBackAndRetire() throws Exception {
    try (KafkaNode cloud = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("broker")))) {
      bootstrapServers = cloud.bootstrapServers();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
        TopicSetup.ensure(admin, Side.CLOUD);
      }
      assertThat(run("keygen", "release", "--out", dir.toString(), "--json")).isZero();
      String keyId = json().get("keyId").asText();
      assertThat(run("status", "--bootstrap", bootstrapServers)).isZero();
      assertThat(out).contains("No site has said anything");
      assertThat(signed("publish", SHIPPED.toString(), "--percent", "10", "--json")).isZero();
      assertThat(json().get("canary").get("deviceShare").asDouble()).isEqualTo(0.1);

      assertThat(listed().get("state").asText()).isEqualTo("whole");
      assertThat(listed().get("keyId").asText()).isEqualTo(keyId);
      assertThat(listed().get("sites").asText()).isEqualTo("100.0 %");
      assertThat(listed().get("sizeBytes").asLong()).isEqualTo(Files.size(SHIPPED));

      assertThat(signed("rollout", MODEL, VERSION, "--site-percent", "5", "--sites", "a,b"))
          .isZero();
      assertThat(listed().get("sites").asText()).isEqualTo("5.0 % and [a, b]");
      assertThat(advance("--steps", "5,40", "--soak", "PT0S", "--json")).isZero();
      assertThat(json().get("move").asText()).isEqualTo("raise");
      assertThat(json().get("sitePercent").asDouble()).isEqualTo(40);
      assertThat(listed().get("sites").asText()).isEqualTo("40.0 % and [a, b]");
      withdrawAt("b");
      assertThat(advance("--steps", "5,40,100", "--soak", "PT0S")).isEqualTo(1);
      assertThat(out).contains("is halted", "1 of the 1 sites");
      assertThat(listed().get("sites").asText()).isEqualTo("halted");
      assertThat(advance("--steps", "5,3")).isEqualTo(2);
      assertThat(out).contains("steps must rise");

      assertThat(signed("rollout", MODEL, VERSION, "--site-percent", "5")).isZero();
      assertThat(signed("rollout", MODEL, VERSION, "--halt")).isZero();
      assertThat(listed().get("sites").asText()).isEqualTo("halted");

      assertThat(signed("retire", MODEL, VERSION)).isZero();
      assertThat(listed().get("state").asText()).isEqualTo("retired");
      assertThat(signed("rollback", MODEL, VERSION, "--reason", "a test")).isZero();
      assertThat(listed().get("state").asText()).isEqualTo("revoked");
      assertThatStatusHasStepReasonAndFigures();
      assertRefusals();
      assertThat(signed("revoke-key", "--reason", "stolen", "--json")).isZero();
      assertThat(json().get("version").asText()).isEqualTo(keyId);
      assertThat(run("list", "--json", "--bootstrap", bootstrapServers)).isZero();
      assertThat(out).as("nobody whose word counts has stated any of it").isEmpty();
    }
  }

  private int advance(String... args) {
    List<String> all = new ArrayList<>(List.of("advance", MODEL, VERSION, "--once"));
    all.addAll(List.of(args));
    return signed(all.toArray(String[]::new));
  }

  private void withdrawAt(String site) throws Exception {
    ModelStatus status =
        ModelStatus.newBuilder()
            .setSiteId(site)
            .setModel(MODEL)
            .setStream("vibration")
            .setStep(ModelStep.WITHDRAWN)
            .setModelVersion(VERSION)
            .setReason("a test")
            .setWithdrawnVersions(List.of(VERSION))
            .setEvidence(Map.of("disagreement", 0.12345, "samples", 1234.0))
            .setDecidedBy("0")
            .setChangedAt(Instant.EPOCH)
            .build();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  Topics.MODEL_STATUS.name(),
                  new AvroEncoder<>(ModelStatusKey.class).encode(new ModelStatusKey(site, MODEL)),
                  new AvroEncoder<>(ModelStatus.class).encode(status)))
          .get();
    }
  }

  private void assertThatStatusHasStepReasonAndFigures() throws IOException {
    assertThat(run("status", "--bootstrap", bootstrapServers)).isZero();
    assertThat(out)
        .contains("WITHDRAWN", "a test [disagreement 0.123, samples 1234]", "1970-01-01T00:00:00Z");
    assertThat(run("status", "--history", "--json", "--bootstrap", bootstrapServers)).isZero();
    assertThat(json().at("/figures/disagreement").asDouble()).isEqualTo(0.12345);
    assertThat(json().get("changedAt").asText()).isEqualTo("1970-01-01T00:00:00Z");
  }

  private void assertRefusals() throws IOException {
    byte[] bytes = Files.readAllBytes(SHIPPED);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    bytes[text.indexOf("\"scores\":[0.") + "\"scores\":[0.".length()] ^= 1;
    Path other = Files.write(dir.resolve("other.onnx"), bytes);
    assertThat(signed("publish", other.toString())).isEqualTo(1);
    assertThat(out).contains("give this one a new version");
    assertThat(signed("rollback", MODEL, "9.9.9", "--reason", "a test")).isEqualTo(1);
    assertThat(out).contains("There is no release of vibration-faults 9.9.9");
    assertThat(run("keygen", "release", "--out", dir.toString())).isEqualTo(1);
    assertThat(out).contains("already");
  }

  private JsonNode listed() throws IOException {
    assertThat(run("list", "--json", "--bootstrap", bootstrapServers)).isZero();
    return json();
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out);
  }

  private int signed(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(
        List.of("--key", dir.resolve("release.key").toString(), "--bootstrap", bootstrapServers));
    return run(all.toArray(String[]::new));
  }

  private int run(String... args) {
    StringWriter written = new StringWriter();
    int exit =
        new CommandLine(new ModelCommand())
            .setOut(new PrintWriter(written))
            .setErr(new PrintWriter(written))
            .setExecutionExceptionHandler(
                (e, line, result) -> {
                  written.append(e.getMessage());
                  return 1;
                })
            .execute(args);
    out = written.toString();
    return exit;
  }
}
