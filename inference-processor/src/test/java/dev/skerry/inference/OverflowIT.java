package dev.skerry.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.broker.TopicCreation;
import dev.skerry.inference.testing.Edge;
import dev.skerry.inference.testing.Guarantee;
import dev.skerry.inference.testing.Records;
import dev.skerry.inference.testing.RunningInference;
import dev.skerry.inference.testing.TestModels;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.SourceHeader;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site that is behind, and the processor in the cloud; one broker stands for both sides. */
class OverflowIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int RECORDS = 400;
  private static final int DEVICES = 40;

  @TempDir private Path directory;

  @Test
  void shouldAnswerEachRecordAtTheSiteOrInTheCloud() throws Exception {
    Path models = Files.createDirectory(directory.resolve("models"));
    TestModels.classifier(models.resolve("vibration.onnx"), "vibration", 2, 8, 16, 4);
    try (Edge edge = Edge.start(directory.resolve("broker"))) {
      createCloudTopic(edge);
      write(edge);
      try (RunningInference site =
          RunningInference.start(
              edge,
              models,
              "inference.overflow.share",
              "0.5",
              "inference.overflow.streams",
              "vibration",
              "inference.overflow.start-lag",
              "PT0.001S",
              "inference.overflow.stop-lag",
              "PT0S")) {
        await().atMost(PATIENCE).until(() -> answered(site) == RECORDS);
        await().atMost(PATIENCE).until(() -> overflowingPartitions(site) == 0);
        // A round is committed a little before its marks are in every partition.
        await().atMost(PATIENCE).until(() -> edge.answers() >= RECORDS);
        Guarantee guarantee = Guarantee.read(edge);
        guarantee.assertHolds();
        assertThat(guarantee.overflow()).hasSizeBetween(1, RECORDS - 1);
        assertThat(site.count("skerry.inference.overflow.records"))
            .isEqualTo(guarantee.overflow().size());
        assertThatTheCloudAnswers(edge, models, new HashSet<>(guarantee.overflow()));
        site.stop();
      }
    }
  }

  private static double answered(RunningInference site) {
    return site.count("skerry.inference.records") + site.count("skerry.inference.overflow.records");
  }

  private static double overflowingPartitions(RunningInference site) {
    return site.observability()
        .metrics()
        .get("skerry.inference.overflow.partitions")
        .gauge()
        .value();
  }

  private static void assertThatTheCloudAnswers(Edge edge, Path models, Set<SourceRef> overflow)
      throws Exception {
    try (RunningInference cloud =
        RunningInference.start(
            edge,
            models,
            "inference.topics",
            "telemetry-overflow",
            "inference.group",
            "cloud-inference")) {
      await()
          .atMost(PATIENCE)
          .until(() -> cloud.count("skerry.inference.records") == overflow.size());
      cloud.stop();
    }
    List<ConsumerRecord<byte[], byte[]>> answers =
        await()
            .atMost(PATIENCE)
            .until(
                () -> edge.readAll(Topics.OVERFLOW_DETECTIONS),
                read -> read.size() >= overflow.size());
    assertThat(answers)
        .extracting(answer -> SourceHeader.read(answer.headers()).orElseThrow())
        .containsExactlyInAnyOrderElementsOf(overflow);
    SkerryAvroDeserializer<Detection> decoder = new SkerryAvroDeserializer<>(Detection.class);
    assertThat(answers)
        .extracting(answer -> decoder.deserialize(answer.topic(), answer.value()))
        .allSatisfy(
            detection -> {
              assertThat(detection.getSource().getTopic()).isEqualTo("telemetry-overflow");
              assertThat(detection.getModel()).isNotEmpty();
            });
  }

  private static void createCloudTopic(Edge edge) throws Exception {
    TopicCreation.create(
        edge.bootstrapServers(), List.of(Topics.OVERFLOW_DETECTIONS.newTopic(Side.CLOUD)));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The flush and the count say whether all came.
  private static void write(Edge edge) {
    Random random = new Random(1);
    try (KafkaProducer<byte[], byte[]> producer = edge.producer()) {
      for (int i = 0; i < RECORDS; i++) {
        String device = "device-" + i % DEVICES;
        byte[] value = Records.encode(Records.readings(device, "vibration", i, 2, 8, random));
        producer.send(
            new ProducerRecord<>(
                Topics.TELEMETRY.name(), device.getBytes(StandardCharsets.UTF_8), value));
      }
      producer.flush();
    }
  }
}
