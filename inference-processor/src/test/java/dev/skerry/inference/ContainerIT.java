package dev.skerry.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.inference.testing.Edge;
import dev.skerry.inference.testing.Guarantee;
import dev.skerry.inference.testing.Records;
import dev.skerry.inference.testing.RunningInference;
import dev.skerry.inference.testing.TestModels;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * Against Kafka's own image. Skipped, and said so, without Docker or the image; never with
 * REQUIRE_DOCKER=1.
 */
class ContainerIT {

  private static final Logger log = LoggerFactory.getLogger(ContainerIT.class);
  private static final String IMAGE = "apache/kafka:4.3.1";
  private static final String REAPER = "testcontainers/ryuk";
  private static final int RECORDS = 2_000;

  @TempDir private Path directory;

  @BeforeEach
  void requireDocker() throws Exception {
    if ("1".equals(System.getenv("REQUIRE_DOCKER"))) {
      assertThat(DockerClientFactory.instance().isDockerAvailable())
          .as("REQUIRE_DOCKER=1 is set, so a Docker engine must answer")
          .isTrue();
    } else if (!hasImage(IMAGE) || !(hasImage(REAPER) || reaperIsDisabled())) {
      String reason =
          "SKIPPED: no Docker engine answers that has "
              + IMAGE
              + " (REQUIRE_DOCKER=1 pulls it, and fails where it cannot)";
      log.warn(reason);
      Assumptions.abort(reason);
    }
  }

  /** Asked of Docker itself: Testcontainers would try for minutes to pull what cannot be pulled. */
  private static boolean hasImage(String image) throws InterruptedException {
    try {
      Process docker =
          new ProcessBuilder("docker", "image", "ls", "--quiet", image)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean found = docker.getInputStream().read() >= 0;
      return docker.waitFor() == 0 && found;
    } catch (IOException e) {
      return false; // There is no docker to ask.
    }
  }

  private static boolean reaperIsDisabled() {
    return "true".equals(System.getenv("TESTCONTAINERS_RYUK_DISABLED"));
  }

  @Test
  void shouldAnswerEveryRecordOnceOnARealBroker() throws Exception {
    TestModels.classifier(directory.resolve("vibration.onnx"), "vibration", 2, 8, 16, 4);
    try (KafkaContainer container = new KafkaContainer(IMAGE)) {
      container.start();
      Edge edge = Edge.at(container.getBootstrapServers(), container::stop);
      produce(edge);
      try (RunningInference inference = RunningInference.start(edge, directory)) {
        await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> inference.count("skerry.inference.records") >= RECORDS);
        inference.stop();
      }
      Guarantee guarantee = Guarantee.read(edge);
      assertThat(guarantee.detections()).hasSize(RECORDS);
      guarantee.assertHolds();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What is not written is missed by the counts.
  private static void produce(Edge edge) {
    Random random = new Random(1);
    try (KafkaProducer<byte[], byte[]> producer = edge.producer()) {
      for (int i = 0; i < RECORDS; i++) {
        String device = "device-" + random.nextInt(40);
        byte[] value = Records.encode(Records.readings(device, "vibration", i, 2, 8, random));
        producer.send(
            new ProducerRecord<>(
                Topics.TELEMETRY.name(), device.getBytes(StandardCharsets.UTF_8), value));
      }
    }
  }
}
