package dev.skerry.inference;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.inference.answer.Answers;
import dev.skerry.inference.batch.BrokenModelException;
import dev.skerry.inference.batch.Diversion;
import dev.skerry.inference.batch.RoundLimit;
import dev.skerry.inference.batch.Slice;
import dev.skerry.inference.delivery.AtLeastOnce;
import dev.skerry.inference.delivery.Delivery;
import dev.skerry.inference.delivery.ExactlyOnce;
import dev.skerry.inference.lineup.CurrentLineup;
import dev.skerry.inference.lineup.Lineup;
import dev.skerry.inference.metrics.InferenceMetrics;
import dev.skerry.inference.metrics.Progress;
import dev.skerry.inference.model.ModelLoader;
import dev.skerry.inference.model.Models;
import dev.skerry.inference.model.SessionSettings;
import dev.skerry.inference.testing.Records;
import dev.skerry.inference.testing.TestModels;
import dev.skerry.service.trace.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceWorkerTest {

  private static final TopicPartition PARTITION = new TopicPartition("telemetry", 0);
  private static final TopicPartition OTHER = new TopicPartition("telemetry", 1);
  private static final long BEGINNING = 100;
  private static final String TRACED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @TempDir private Path directory;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MockConsumer<byte[], ByteBuffer> consumer = new MockConsumer<>("none");
  private final FailingProducer producer = new FailingProducer();
  private final Progress progress = new Progress(Duration.ZERO, System::nanoTime);
  private Models models;
  private InferenceWorker worker;

  private final StopSignal stopping = new StopSignal();
  private final AtomicLong nowMillis = new AtomicLong();
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private Traces traces = Traces.OFF;

  @BeforeEach
  void makeWorker() {
    TestModels.anomaly(directory.resolve("pump.onnx"), "pump", 1, 2);
    models = Models.load(List.of(directory), new ModelLoader(new SessionSettings(1)));
    worker =
        worker(Optional.empty(), new ExactlyOnce(consumer, List.of(producer), stopping::isGiven));
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(List.of(PARTITION));
          consumer.updateBeginningOffsets(Map.of(PARTITION, BEGINNING));
        });
  }

  private InferenceWorker worker(Optional<Duration> latencyTarget, Delivery delivery) {
    return new InferenceWorker(
        consumer,
        delivery,
        new RoundLimit(latencyTarget, Integer.MAX_VALUE),
        Diversion.NONE,
        new CurrentLineup(Lineup.of(models.all()), left -> {}).newSeat(),
        new Slice(models.all(), 2),
        new Answers("site-1"),
        new InferenceMetrics(registry, models.all()),
        traces,
        progress,
        stopping,
        () -> Instant.ofEpochMilli(nowMillis.get()));
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
    assertThat(producer.answeredOffsets(0)).containsExactly(100L, 101L, 102L);
    assertThat(producer.firstCommittedOffset(PARTITION)).isEqualTo(103);
    assertThat(count("skerry.inference.records")).isEqualTo(3);
    assertThat(progress.problem()).isEmpty();
  }

  @Test
  void shouldGiveAnswersTheTraceOfTheirRecord() {
    SdkTracerProvider tracing =
        SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build();
    traces = Traces.of(OpenTelemetrySdk.builder().setTracerProvider(tracing).build());
    worker =
        worker(Optional.empty(), new ExactlyOnce(consumer, List.of(producer), stopping::isGiven));
    consumer.schedulePollTask(
        () -> {
          addRecord(0, 0, Records.pump(0));
          ConsumerRecord<byte[], ByteBuffer> traced = Records.delivered(0, 101, Records.pump(1));
          traced.headers().add(Traces.PARENT, TRACED.getBytes(StandardCharsets.UTF_8));
          consumer.addRecord(traced);
        });
    thenStop();

    worker.run(List.of("telemetry"));

    assertThat(producer.answeredOffsets(0)).containsExactly(100L, 101L);
    List<Header> named =
        producer.history().stream()
            .map(answer -> answer.headers().lastHeader(Traces.PARENT))
            .filter(Objects::nonNull)
            .toList();
    assertThat(spans.getFinishedSpanItems())
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.getName()).isEqualTo("process telemetry");
              assertThat(TRACED).contains(span.getTraceId()).contains(span.getParentSpanId());
              assertThat(named)
                  .isNotEmpty()
                  .allSatisfy(
                      header ->
                          assertThat(new String(header.value(), StandardCharsets.UTF_8))
                              .contains(span.getTraceId())
                              .contains(span.getSpanId()));
            });
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
    assertThat(producer.answeredOffsets(0)).containsExactly(100L, 101L, 102L);
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
    assertThat(producer.answeredOffsets(0)).containsExactly(100L, 101L);
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
  void shouldNotGiveUpWhileTheGroupTakesLongToShareAnew() {
    for (int i = 0; i < 25; i++) {
      producer.failures.add(new CommitFailedException("not the generation"));
      onPoll(1);
    }
    onPoll(1);
    thenStop();

    worker.run(List.of("telemetry"));

    assertThat(producer.aborts).isEqualTo(25);
    assertThat(producer.commitCount()).isEqualTo(1);
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

  @Test
  void shouldLetAPartitionWaitAtARecordOfANewerReleaseAndAnswerWhatCameBefore() {
    AtomicBoolean upgraded = new AtomicBoolean();
    Runnable delivered =
        () -> {
          addRecord(0, 0, Records.pump(0));
          addRecord(
              0, 1, upgraded.get() ? Records.pump(1) : Records.ofNewerRelease(Records.pump(1)));
          addRecord(0, 2, Records.pump(2));
        };
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(List.of(PARTITION, OTHER));
          consumer.updateBeginningOffsets(Map.of(PARTITION, BEGINNING, OTHER, BEGINNING));
        });
    consumer.schedulePollTask(
        () -> {
          delivered.run();
          addRecord(1, 0, Records.pump(0));
        });
    consumer.schedulePollTask(
        () -> {
          assertThat(consumer.paused()).containsExactly(PARTITION);
          assertThat(producer.committedOffset(PARTITION)).isEqualTo(101);
          assertThat(registry.get("skerry.inference.parked.partitions").gauge().value())
              .isEqualTo(1);
          addRecord(1, 1, Records.pump(1)); // The other partition goes on.
          nowMillis.addAndGet(2_000);
        });
    consumer.schedulePollTask(
        () -> {
          assertThat(consumer.paused()).isEmpty(); // Tried again, and it still waits.
          addRecord(0, 1, Records.ofNewerRelease(Records.pump(1)));
        });
    consumer.schedulePollTask(() -> nowMillis.addAndGet(60_000));
    consumer.schedulePollTask(
        () -> {
          upgraded.set(true);
          addRecord(0, 1, Records.pump(1));
          addRecord(0, 2, Records.pump(2));
        });
    thenStop();

    worker.run(List.of("telemetry"));

    assertThat(producer.answeredOffsets(0)).containsExactly(100L, 101L, 102L);
    assertThat(producer.answeredOffsets(1)).containsExactly(100L, 101L);
    assertThat(producer.history()).hasSize(5); // No dead letter.
    assertThat(producer.committedOffset(PARTITION)).isEqualTo(103);
    assertThat(registry.get("skerry.inference.parked.partitions").gauge().value()).isZero();
  }

  @Test
  void shouldRollBackWhatTheModelWasAnsweringWhenItTurnsOutToBeBroken() {
    models.close();
    TestModels.brittle(directory.resolve("brittle.onnx"), "brittle", 1, 3);
    models = Models.load(List.of(directory), new ModelLoader(new SessionSettings(1)));
    worker =
        worker(Optional.empty(), new ExactlyOnce(consumer, List.of(producer), stopping::isGiven));
    consumer.schedulePollTask(
        () -> {
          addRecord(0, 0, Records.pump(0));
          addRecord(0, 1, Records.pump(1));
          addRecord(0, 2, Records.encode(Records.readings("a", "brittle", 2, 1, 3, 9f, 9f, 9f)));
          addRecord(0, 3, Records.encode(Records.readings("b", "brittle", 3, 1, 3, 9f, 9f, 9f)));
        });

    assertThatThrownBy(() -> worker.run(List.of("telemetry")))
        .isInstanceOf(BrokenModelException.class);
    assertThat(producer.aborts).isEqualTo(1);
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void shouldAnswerAPollInSeveralRoundsWhereTheLatencyTargetAsksForIt() {
    worker =
        worker(
            Optional.of(Duration.ofMinutes(1)),
            new ExactlyOnce(consumer, List.of(producer), stopping::isGiven));
    onPoll(70);
    thenStop();

    worker.run(List.of("telemetry"));

    assertThat(producer.answeredOffsets(0)).hasSize(70).doesNotHaveDuplicates().isSorted();
    assertThat(producer.commitCount()).isGreaterThan(1);
    assertThat(producer.firstCommittedOffset(PARTITION))
        .isEqualTo(164); // The first round: nothing was known yet.
    assertThat(producer.committedOffset(PARTITION)).isEqualTo(170);
  }

  @Test
  void shouldReadAgainOnlyWhatIsNotCommittedOfAPollThatWasAnsweredInRounds() {
    worker =
        worker(
            Optional.of(Duration.ofMinutes(1)),
            new ExactlyOnce(consumer, List.of(producer), stopping::isGiven));
    onPoll(64);
    consumer.schedulePollTask(
        () -> {
          producer.failures.add(new CommitFailedException("rebalanced"));
          addRecord(0, 64, Records.pump(64));
        });
    consumer.schedulePollTask(() -> addRecord(0, 64, Records.pump(64)));
    thenStop();

    worker.run(List.of("telemetry"));

    assertThat(producer.answeredOffsets(0)).hasSize(65).doesNotHaveDuplicates();
    assertThat(producer.committedOffset(PARTITION)).isEqualTo(165);
  }

  @Test
  void shouldCommitOffsetsAfterTheAnswersWhereTheyNeedNotBeTogether() {
    producer.transactional = false;
    worker = worker(Optional.empty(), new AtLeastOnce(consumer, producer, stopping::isGiven));
    onPoll(3);
    thenStop();

    worker.run(List.of("telemetry"));

    assertThat(producer.answeredOffsets(0)).containsExactly(100L, 101L, 102L);
    assertThat(producer.flushed()).isTrue();
    assertThat(requireNonNull(consumer.committed(Set.of(PARTITION)).get(PARTITION)).offset())
        .isEqualTo(103);
  }

  @Test
  void shouldAnswerAgainWhatCouldNotBeWrittenWithoutTransactions() {
    producer.transactional = false;
    producer.sendFailures.add(new TimeoutException("no broker"));
    worker = worker(Optional.empty(), new AtLeastOnce(consumer, producer, stopping::isGiven));
    onPoll(3);
    onPoll(3); // Delivered again only if the position was set back.
    thenStop();

    worker.run(List.of("telemetry"));

    assertThat(producer.answeredOffsets(0)).contains(100L, 101L, 102L);
    assertThat(count("skerry.inference.aborts")).isEqualTo(1);
    assertThat(requireNonNull(consumer.committed(Set.of(PARTITION)).get(PARTITION)).offset())
        .isEqualTo(103);
  }

  private void onPoll(int records) {
    consumer.schedulePollTask(
        () -> {
          for (int i = 0; i < records; i++) {
            addRecord(0, i, Records.pump(i));
          }
        });
  }

  private void addRecord(int partition, long index, byte[] value) {
    consumer.addRecord(Records.delivered(partition, BEGINNING + index, value));
  }

  private void thenStop() {
    consumer.schedulePollTask(worker::stop);
  }

  private double count(String meter) {
    return registry.find(meter).counters().stream().mapToDouble(c -> c.count()).sum();
  }
}
