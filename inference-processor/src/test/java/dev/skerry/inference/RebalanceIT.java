package dev.skerry.inference;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.inference.answer.Answers;
import dev.skerry.inference.batch.Diversion;
import dev.skerry.inference.batch.RoundLimit;
import dev.skerry.inference.batch.Slice;
import dev.skerry.inference.delivery.ExactlyOnce;
import dev.skerry.inference.lineup.CurrentLineup;
import dev.skerry.inference.lineup.Lineup;
import dev.skerry.inference.metrics.InferenceMetrics;
import dev.skerry.inference.metrics.Progress;
import dev.skerry.inference.model.ModelLoader;
import dev.skerry.inference.model.Models;
import dev.skerry.inference.model.SessionSettings;
import dev.skerry.inference.testing.Edge;
import dev.skerry.inference.testing.Guarantee;
import dev.skerry.inference.testing.Records;
import dev.skerry.inference.testing.RunningInference;
import dev.skerry.inference.testing.TestModels;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.KafkaSettings;
import dev.skerry.service.Settings;
import dev.skerry.service.trace.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group that shares its partitions anew while a worker has answered and not yet committed. */
class RebalanceIT {

  private static final String GROUP = "skerry-inference";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** The shortest that a broker allows: a member that leaves is waited for that long. */
  private static final String SESSION_MILLIS = "6000";

  @TempDir private Path directory;
  private final Random random = new Random(5);
  private Edge edge;
  private Admin admin;
  private Path models;
  private Models loaded;
  private long sequence;

  @BeforeEach
  void startBroker() throws Exception {
    edge = Edge.start(directory.resolve("broker"));
    admin = edge.admin();
    models = Files.createDirectory(directory.resolve("models"));
    TestModels.classifier(models.resolve("vibration.onnx"), "vibration", 2, 8, 16, 4);
    loaded = Models.load(List.of(models), new ModelLoader(new SessionSettings(1)));
  }

  @AfterEach
  void stopBroker() {
    loaded.close();
    admin.close();
    edge.close();
  }

  @Test
  void shouldCommitWhatIsInFlightWhenAnotherInstanceJoinsAndLeaves() throws Exception {
    produce(400);
    try (HeldWorker held =
        new HeldWorker("0-0", "kafka.consumer.session.timeout.ms", SESSION_MILLIS)) {
      await().atMost(PATIENCE).until(() -> held.delivery.isInFlight());
      try (RunningInference second = second()) {
        await().atMost(PATIENCE).until(() -> groupState() == GroupState.PREPARING_REBALANCE);
        held.delivery.letGo();
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  produce(40);
                  assertThat(second.count("skerry.inference.records")).isPositive();
                });
        second.stop();
      }
      produce(400);
      awaitAnswers();
      held.stop();
    }
    Guarantee.read(edge).assertHolds();
  }

  @Test
  void shouldLeaveToTheNewOwnerWhatWasInFlightWhenTheGroupHadGivenItAway() throws Exception {
    produce(400);
    // It stands still for longer than the group waits, and its transaction outlasts that.
    try (HeldWorker held =
        new HeldWorker(
            "0-0",
            "kafka.consumer.max.poll.interval.ms",
            "2000",
            "kafka.consumer.session.timeout.ms",
            SESSION_MILLIS,
            "kafka.consumer.heartbeat.interval.ms",
            "500",
            "kafka.producer.transaction.timeout.ms",
            "300000")) {
      await().atMost(PATIENCE).until(() -> held.delivery.isInFlight());
      try (RunningInference second = second()) {
        await().atMost(PATIENCE).until(() -> (int) second.count("skerry.inference.records") == 400);
        held.delivery.letGo();
        await().atMost(PATIENCE).until(() -> held.delivery.rollBacks() > 0);
        produce(400);
        awaitAnswers();
        second.stop();
      }
      held.stop();
    }
    Guarantee.read(edge).assertHolds();
  }

  private RunningInference second() {
    return RunningInference.start(
        edge,
        models,
        "inference.instance",
        "1",
        "inference.workers",
        "1",
        "kafka.consumer.session.timeout.ms",
        SESSION_MILLIS);
  }

  private void produce(int records) {
    try (KafkaProducer<byte[], byte[]> producer = edge.producer()) {
      for (int i = 0; i < records; i++) {
        String device = "device-" + sequence % 40;
        send(
            producer,
            device,
            Records.encode(Records.readings(device, "vibration", sequence++, 2, 8, random)));
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What is not written is missed by the counts.
  private static void send(KafkaProducer<byte[], byte[]> producer, String device, byte[] value) {
    producer.send(
        new ProducerRecord<>(
            Topics.TELEMETRY.name(), device.getBytes(StandardCharsets.UTF_8), value));
  }

  private void awaitAnswers() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> edge.answers() >= sequence);
  }

  private GroupState groupState() throws Exception {
    return requireNonNull(admin.describeConsumerGroups(List.of(GROUP)).all().get().get(GROUP))
        .groupState();
  }

  /** A worker as the service makes it, that is held before its first commit. */
  private final class HeldWorker implements AutoCloseable {

    private final KafkaConsumer<byte[], ByteBuffer> consumer;
    private final KafkaProducer<byte[], byte[]> first;
    private final KafkaProducer<byte[], byte[]> other;
    private final HeldDelivery delivery;
    private final InferenceWorker worker;
    private final CompletableFuture<Void> running;

    HeldWorker(String name, String... keysAndValues) {
      KafkaSettings kafka =
          Settings.of(
                  RunningInference.settings(edge.bootstrapServers(), models, keysAndValues),
                  InferenceConfig.class)
              .kafka();
      WorkerClients clients = new WorkerClients(kafka, GROUP, name);
      StopSignal stopping = new StopSignal();
      consumer = clients.newConsumer();
      first = clients.newProducer();
      other = clients.newSecondProducer();
      delivery =
          new HeldDelivery(new ExactlyOnce(consumer, List.of(first, other), stopping::isGiven));
      worker =
          new InferenceWorker(
              consumer,
              delivery,
              new RoundLimit(Optional.empty(), Integer.MAX_VALUE),
              Diversion.NONE,
              new CurrentLineup(Lineup.of(loaded.all()), left -> {}).newSeat(),
              new Slice(loaded.all(), 64),
              new Answers("site-1"),
              new InferenceMetrics(new SimpleMeterRegistry(), loaded.all()),
              Traces.OFF,
              new Progress(PATIENCE, System::nanoTime),
              stopping,
              InstantSource.system());
      running =
          CompletableFuture.runAsync(
              () -> worker.run(List.of(Topics.TELEMETRY.name())),
              task -> new Thread(task, "worker-" + name).start());
    }

    void stop() throws Exception {
      worker.stop();
      running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
      delivery.letGo();
      worker.stop();
      running.exceptionally(failure -> null).join();
      first.close(Duration.ZERO);
      other.close(Duration.ZERO);
      consumer.close();
    }
  }
}
