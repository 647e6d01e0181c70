package dev.skerry.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.broker.KafkaNode;
import dev.skerry.inference.testing.Edge;
import dev.skerry.inference.testing.Guarantee;
import dev.skerry.inference.testing.Records;
import dev.skerry.inference.testing.RunningInference;
import dev.skerry.inference.testing.TestModels;
import dev.skerry.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Longer outages with {@code -Doutage.seconds=60}. */
class BrokerRestartIT {

  /** Longer than a transaction may stay open, so that the broker has ended it when it is back. */
  private static final int OUTAGE_SECONDS = Integer.getInteger("outage.seconds", 12);

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;

  @Test
  void shouldOutlastABrokerThatIsAwayInTheMiddleOfTheFlow() throws Exception {
    Path models = Files.createDirectory(directory.resolve("models"));
    TestModels.classifier(models.resolve("vibration.onnx"), "vibration", 2, 8, 16, 4);
    KafkaNode.Settings settings = KafkaNode.Settings.of(directory.resolve("broker"));
    KafkaNode node = KafkaNode.start(settings);
    AtomicBoolean flowing = new AtomicBoolean(true);
    AtomicInteger produced = new AtomicInteger();
    try (Edge edge = Edge.at(node.bootstrapServers(), () -> {});
        RunningInference inference =
            RunningInference.start(edge, models, "kafka.consumer.max.poll.records", "20")) {
      CompletableFuture<Void> flow =
          CompletableFuture.runAsync(() -> produce(edge, flowing, produced, inference));
      await().atMost(PATIENCE).until(() -> answered(inference) > 1_000);

      node.close();
      Duration outage = Duration.ofSeconds(OUTAGE_SECONDS);
      await().pollDelay(outage).atMost(outage.plusSeconds(5)).until(() -> true);
      int before = answered(inference);
      try (KafkaNode again = KafkaNode.start(settings.withPort(node.port()))) {
        assertThat(again.bootstrapServers()).isEqualTo(edge.bootstrapServers());
        await().atMost(PATIENCE).until(() -> answered(inference) > before + 1_000);
        flowing.set(false);
        flow.join();
        await().atMost(PATIENCE).until(() -> answered(inference) >= produced.get());
        inference.stop();
        await().atMost(PATIENCE).until(() -> edge.answers() >= produced.get());
        Guarantee guarantee = Guarantee.read(edge);
        assertThat(guarantee.questions()).hasSize(produced.get());
        guarantee.assertHolds();
      }
    } finally {
      flowing.set(false);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What is not written is missed by the counts.
  private static void produce(
      Edge edge, AtomicBoolean flowing, AtomicInteger produced, RunningInference inference) {
    Random random = new Random(1);
    try (KafkaProducer<byte[], byte[]> producer =
        edge.producer(Map.of("max.block.ms", 120_000, "linger.ms", 0))) {
      while (flowing.get()) {
        String device = "device-" + random.nextInt(40);
        byte[] value =
            Records.encode(
                Records.readings(device, "vibration", produced.getAndIncrement(), 2, 8, random));
        producer.send(
            new ProducerRecord<>(
                Topics.TELEMETRY.name(), device.getBytes(StandardCharsets.UTF_8), value));
        if (produced.get() % 20 == 0) {
          producer.flush(); // Small steps: the flow shall still flow when the broker goes.
          awaitShortBacklog(flowing, produced, inference);
        }
      }
    }
  }

  private static void awaitShortBacklog(
      AtomicBoolean flowing, AtomicInteger produced, RunningInference inference) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> !flowing.get() || produced.get() - answered(inference) < 2_000);
  }

  private static int answered(RunningInference inference) {
    return (int) inference.count("skerry.inference.records");
  }
}
