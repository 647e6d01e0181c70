package dev.skerry.inference;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.inference.answer.Answers;
import dev.skerry.inference.batch.Slice;
import dev.skerry.inference.metrics.InferenceMetrics;
import dev.skerry.inference.metrics.Progress;
import dev.skerry.inference.model.ModelLoader;
import dev.skerry.inference.model.Models;
import dev.skerry.inference.model.SessionSettings;
import dev.skerry.inference.testing.Records;
import dev.skerry.inference.testing.TestModels;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceWorkerTest {

  private static final TopicPartition PARTITION = new TopicPartition("telemetry", 0);
  private static final long BEGINNING = 100;

  @TempDir private Path directory;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final FailingProducer producer = new FailingProducer();
  private final Progress progress = new Progress(Duration.ZERO, System::nanoTime);
  private Models models;
  private InferenceWorker worker;

  @BeforeEach
  void makeWorker() {
    TestModels.anomaly(directory.resolve("pump.onnx"), "pump", 1, 2);
    models = Models.load(List.of(directory), new ModelLoader(new SessionSettings(1)));
    worker =
        new InferenceWorker(
            consumer,
            producer,
            new Slice(models.all(), 2),
            new Answers("site-1"),
            new InferenceMetrics(registry, models.all()),
            progress,
            InstantSource.fixed(Instant.EPOCH));
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(List.of(PARTITION));
          consumer.updateBeginningOffsets(Map.of(PARTITION, BEGINNING));
        });
  }

  @AfterEach
  void close() {
    models.close();
  }

  @Test
  void shouldCommitAnswersAndOffsetsTogetherAndStartWhereNothingIsAnswered() {
    onPoll(3);
    thenStop();

    worker.run(List.of("telemetry"));

    assertThat(producer.commitCount()).isEqualTo(1);
    assertThat(answeredOffsets()).containsExactly(100L, 101L, 102L);
    assertThat(committedOffset()).isEqualTo(103);
    assertThat(count("skerry.inference.records")).isEqualTo(3);
    assertThat(progress.problem()).isEmpty();
  }

  @Test
  void shouldRollBackAndDoAgainWhatCouldNotBeCommitted() {
    producer.failures.add(new CommitFailedException("rebalanced"));
    onPoll(3);
    onPoll(3); // Delivered again only if the position was set back.
    thenStop();

    worker.run(List.of("telemetry"));

    assertThat(producer.aborts).isEqualTo(1);
    assertThat(producer.commitCount()).isEqualTo(1);
    assertThat(answeredOffsets()).containsExactly(100L, 101L, 102L);
    assertThat(count("skerry.inference.aborts")).isEqualTo(1);
    assertThat(count("skerry.inference.records")).isEqualTo(3);
  }

  @Test
  void shouldAskAgainWhetherACommitTookPlaceThatTimedOut() {
    producer.failures.add(new TimeoutException("no broker"));
    producer.failures.add(new TimeoutException("no broker"));
    onPoll(2);
    thenStop();

    worker.run(List.of("telemetry"));

    assertThat(producer.aborts).isZero();
    assertThat(producer.commitCount()).isEqualTo(1);
    assertThat(answeredOffsets()).containsExactly(100L, 101L);
  }

  @Test
  void shouldEndWhenAnotherWorkerHasTakenItsName() {
    producer.failures.add(new ProducerFencedException("fenced"));
    onPoll(1);
    thenStop();

    assertThatThrownBy(() -> worker.run(List.of("telemetry")))
        .isInstanceOf(ProducerFencedException.class);
    assertThat(producer.history()).isEmpty();
    assertThat(progress.problem()).isPresent();
  }

  @Test
  void shouldEndWithTheReasonWhenItFailsAgainAndAgain() {
    for (int i = 0; i < 30; i++) {
      producer.failures.add(new KafkaException("still broken"));
    }
    onPoll(1);
    for (int i = 0; i < 30; i++) {
      onPoll(1);
    }
    thenStop();

    assertThatThrownBy(() -> worker.run(List.of("telemetry"))).hasMessage("still broken");
  }

  private void onPoll(int records) {
    consumer.schedulePollTask(
        () -> {
          for (int i = 0; i < records; i++) {
            byte[] value = Records.encode(Records.readings("p", "pump", i, 1, 2, 1f, 3f));
            byte[] key = "p".getBytes(StandardCharsets.UTF_8);
            consumer.addRecord(new ConsumerRecord<>("telemetry", 0, BEGINNING + i, key, value));
          }
        });
  }

  private void thenStop() {
    consumer.schedulePollTask(worker::stop);
  }

  private List<Long> answeredOffsets() {
    SkerryAvroDeserializer<Detection> decoder = new SkerryAvroDeserializer<>(Detection.class);
    return producer.history().stream()
        .filter(answer -> answer.topic().equals(Topics.DETECTIONS.name()))
        .map(answer -> decoder.deserialize(answer.topic(), answer.value()))
        .map(detection -> detection.getSource().getOffset())
        .toList();
  }

  private long committedOffset() {
    OffsetAndMetadata offset =
        producer.consumerGroupOffsetsHistory().get(0).values().iterator().next().get(PARTITION);
    return requireNonNull(offset).offset();
  }

  private double count(String meter) {
    return registry.find(meter).counters().stream().mapToDouble(c -> c.count()).sum();
  }

  /** Fails as many commits as it has failures, and keeps its transaction open then. */
  private static final class FailingProducer extends MockProducer<byte[], byte[]> {
    private final List<RuntimeException> failures = new ArrayList<>();
    private int aborts;

    FailingProducer() {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void commitTransaction() {
      if (!failures.isEmpty()) {
        throw failures.remove(0);
      }
      super.commitTransaction();
    }

    @Override
    public void abortTransaction() {
      aborts++;
      super.abortTransaction();
    }
  }
}
