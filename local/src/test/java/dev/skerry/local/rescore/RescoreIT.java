package dev.skerry.local.rescore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.skerry.broker.KafkaNode;
import dev.skerry.ingest.simulate.Population;
import dev.skerry.ingest.simulate.VibrationFleet;
import dev.skerry.local.CommandLineRun;
import dev.skerry.local.topic.Broker;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.model.OnnxFile;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RescoreIT {

  private static final String MODEL = "../models/vibration/vibration-faults.onnx";

  @RegisterExtension private final CommandLineRun cli = new CommandLineRun();

  @Test
  void shouldScoreHistoryOnceAndWriteNothingElse(@TempDir Path dir) throws Exception {
    try (KafkaNode node = KafkaNode.start(KafkaNode.Settings.of(dir))) {
      String broker = node.bootstrapServers();
      assertThat(cli.skerry("topics", "apply", "--at", "edge", "--bootstrap", broker)).isZero();
      send(broker, 5);
      assertThat(rescore(broker)).contains("\"topic\":\"rescored-try\"", "\"records\":40");
      assertThat(rescore(broker)).as("it is done").contains("\"records\":0");
      assertThat(records(broker, "rescored-try")).isEqualTo(40);
      send(broker, 1);
      assertThat(rescore(broker)).as("what came since").contains("\"records\":8");
      assertThat(records(broker, "rescored-try")).isEqualTo(48);
      for (String topic : List.of("detections", "dead-letters", "answer-ledger")) {
        assertThat(records(broker, topic)).as(topic).isZero();
      }
      cli.forgetPrinted();
      assertThat(
              cli.skerry(
                  "tail", "rescored-try", "--bootstrap", broker, "--from-beginning", "--max", "1"))
          .isZero();
      assertThat(cli.printed()).contains("\"model\": \"vibration-faults\"");
    }
  }

  @Test
  void shouldEndWhereTelemetryEndedAtItsStartWhateverComesMeanwhile(@TempDir Path dir)
      throws Exception {
    try (KafkaNode node = KafkaNode.start(KafkaNode.Settings.of(dir))) {
      String address = node.bootstrapServers();
      assertThat(cli.skerry("topics", "apply", "--at", "edge", "--bootstrap", address)).isZero();
      send(address, 5);
      Path model = Path.of(MODEL);
      Rescoring rescoring =
          new Rescoring(
              Broker.of(address, Optional.empty()),
              model,
              OnnxFile.read(model).contract(),
              "try",
              RescoredTopic.of("try").orElseThrow(),
              Optional.empty());
      // The first look comes when the ends are taken and inference has its consumers.
      AtomicBoolean hasCome = new AtomicBoolean();
      long scored =
          rescoring.run(
              (done, all) -> {
                if (hasCome.compareAndSet(false, true)) {
                  assertThatCode(() -> send(address, 20)).doesNotThrowAnyException();
                }
              });
      assertThat(scored).isEqualTo(40);
      assertThat(hasCome).isTrue();
      assertThat(records(address, "rescored-try")).isEqualTo(40);
      assertThat(rescore(address)).as("what came meanwhile").contains("\"records\":160");
      assertThat(records(address, "rescored-try")).isEqualTo(200);
    }
  }

  @Test
  void shouldEndWhereTelemetryEndsInMarkersOfTransactions(@TempDir Path dir) throws Exception {
    try (KafkaNode node = KafkaNode.start(KafkaNode.Settings.of(dir))) {
      String address = node.bootstrapServers();
      assertThat(cli.skerry("topics", "apply", "--at", "edge", "--bootstrap", address)).isZero();
      try (KafkaProducer<byte[], byte[]> producer =
          producer(Map.of("bootstrap.servers", address, "transactional.id", "line-plc"))) {
        producer.initTransactions();
        producer.beginTransaction();
        send(producer, 5);
        producer.commitTransaction();
        producer.beginTransaction();
        send(producer, 1);
        producer.abortTransaction();
      }
      assertThat(rescore(address)).contains("\"topic\":\"rescored-try\"");
      assertThat(records(address, "rescored-try")).isEqualTo(40);
      rescore(address);
      assertThat(records(address, "rescored-try")).as("it is done").isEqualTo(40);
    }
  }

  @Test
  void shouldNameAModelFileThatIsNotThereAndANameThatCannotBe() {
    assertThat(cli.skerry("rescore", "--model", "none.onnx")).isEqualTo(2);
    assertThat(cli.skerry("rescore", "--model", MODEL, "--name", "a b")).isEqualTo(2);
    assertThat(cli.complaints()).contains("none.onnx", "rescored-a b");
  }

  private String rescore(String broker) {
    cli.forgetPrinted();
    assertThat(
            cli.skerry(
                "rescore", "--model", MODEL, "--name", "try", "--bootstrap", broker, "--json"))
        .as(cli.complaints())
        .isZero();
    return cli.printed();
  }

  private static long records(String broker, String topic) {
    AtomicLong records = new AtomicLong();
    try (TopicReader reader = new TopicReader(broker)) {
      reader.readToEnd(
          reader.beginnings(reader.partitions(List.of(topic))),
          record -> records.incrementAndGet());
    }
    return records.get();
  }

  private static void send(String broker, long windows) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("bootstrap.servers", broker))) {
      send(producer, windows);
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, long windows) throws Exception {
    AvroEncoder<Telemetry> encoder = new AvroEncoder<>(Telemetry.class);
    for (Telemetry window :
        (Iterable<Telemetry>)
            () -> VibrationFleet.labelled(1, Population.HELD_OUT, 8, windows).iterator()) {
      producer
          .send(
              new ProducerRecord<>(
                  Topics.TELEMETRY.name(),
                  window.getDeviceId().getBytes(UTF_8),
                  encoder.encode(window)))
          .get();
    }
  }
}
