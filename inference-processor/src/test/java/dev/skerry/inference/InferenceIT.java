package dev.skerry.inference;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skerry.inference.model.OfflineScorer;
import dev.skerry.inference.testing.Edge;
import dev.skerry.inference.testing.Guarantee;
import dev.skerry.inference.testing.Records;
import dev.skerry.inference.testing.RunningInference;
import dev.skerry.inference.testing.TestModels;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.serde.WireFormat;
import dev.skerry.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final AtomicInteger TESTS = new AtomicInteger();

  @TempDir private static Path brokerDirectory;
  private static Edge edge;

  @TempDir private Path directory;
  private final Random random = new Random(17);
  private final String group = "group-" + TESTS.getAndIncrement();
  private Path models;

  @BeforeAll
  static void startBroker() throws Exception {
    edge = Edge.start(brokerDirectory);
  }

  @BeforeEach
  void makeModels() throws Exception {
    models = Files.createDirectory(directory.resolve("models"));
    TestModels.classifier(models.resolve("vibration.onnx"), "vibration", 2, 8, 16, 4);
    TestModels.anomaly(models.resolve("pump.onnx"), "pump", 1, 4);
    TestModels.brittle(models.resolve("brittle.onnx"), "brittle", 1, 3);
  }

  @AfterEach
  void emptyBroker() throws Exception {
    edge.empty();
  }

  @AfterAll
  static void stopBroker() {
    edge.close();
  }

  private RunningInference start(String guarantee) {
    return RunningInference.start(
        edge, models, "inference.group", group, "inference.guarantee", guarantee);
  }

  @Test
  void shouldAnswerEveryRecordOnceWithTheScoresOfThePlainSession() throws Exception {
    produce(1_000);
    try (RunningInference inference = start("exactly-once")) {
      produce(1_000);
      awaitAnswers(2_000);
      inference.stop();
      assertThat(inference.count("skerry.inference.records")).isEqualTo(2_000);
      assertThat(inference.observability().health().readinessProblems()).isEmpty();
      assertThat(inference.observability().health().livenessProblems()).isEmpty();
    }

    Guarantee guarantee = Guarantee.read(edge);
    guarantee.assertHolds();
    assertThat(guarantee.deadLetters()).isEmpty();
    assertScores(guarantee);
  }

  @Test
  void shouldLoseNothingWithoutTransactions() throws Exception {
    produce(1_000);
    try (RunningInference first = start("at-least-once")) {
      awaitAnswers(1_000);
      first.stop();
    }
    produce(500);
    try (RunningInference second = start("at-least-once")) {
      awaitAnswers(1_500);
      second.stop();
    }
    // Nothing failed, so that nothing had to be answered again either: offsets were committed.
    Guarantee.read(edge).assertHolds();
    try (Admin admin = edge.admin()) {
      assertThat(admin.listTransactions().all().get())
          .noneMatch(transaction -> transaction.transactionalId().startsWith(group));
    }
  }

  @Test
  void shouldDeadLetterMalformedRecordsWithTheirReasonAndGoOn() throws Exception {
    byte[] good = Records.encode(vibration("v", 1));
    byte[] wrongId = good.clone();
    WireFormat.writeHeader(wrongId, 4711);
    byte[] cutOff = Arrays.copyOf(good, good.length - 5);
    Map<String, DeadLetterReason> reasonByKey = new HashMap<>();
    try (KafkaProducer<byte[], byte[]> producer = edge.producer();
        RunningInference inference = start("exactly-once")) {
      reasonByKey.put("random", DeadLetterReason.NOT_AVRO);
      send(producer, "random", new byte[] {42, 1, 2, 3, 4, 5, 6});
      reasonByKey.put("wrong id", DeadLetterReason.UNKNOWN_SCHEMA);
      send(producer, "wrong id", wrongId);
      reasonByKey.put("cut off", DeadLetterReason.UNDECODABLE);
      send(producer, "cut off", cutOff);
      reasonByKey.put("tombstone", DeadLetterReason.UNDECODABLE);
      send(producer, "tombstone", null);
      reasonByKey.put("shape", DeadLetterReason.WRONG_SHAPE);
      send(producer, "shape", Records.encode(Records.readings("s", "vibration", 1, 2, 9, random)));
      reasonByKey.put("frame", DeadLetterReason.WRONG_SHAPE);
      send(producer, "frame", Records.encode(Records.frame("s", "vibration", 1, 100)));
      reasonByKey.put("nan", DeadLetterReason.NOT_A_NUMBER);
      send(
          producer,
          "nan",
          Records.encode(Records.readings("s", "pump", 1, 1, 4, 0, Float.NaN, 0, 0)));
      reasonByKey.put("stream", DeadLetterReason.NO_MODEL);
      send(producer, "stream", Records.encode(Records.readings("s", "nobody", 1, 1, 4, random)));
      reasonByKey.put("poison", DeadLetterReason.MODEL_REJECTED);
      send(producer, "poison", Records.encode(Records.readings("s", "brittle", 1, 1, 3, 9, 0, 0)));
      produce(500);
      awaitAnswers(509);
      inference.stop();
      assertThat(inference.count("skerry.inference.dead.letters")).isEqualTo(9);
    }

    Guarantee guarantee = Guarantee.read(edge);
    guarantee.assertHolds();
    assertThat(guarantee.detections()).hasSize(500);
    Map<String, DeadLetterReason> found = new HashMap<>();
    for (DeadLetter letter : guarantee.deadLetters()) {
      ByteBuffer key = requireNonNull(letter.getOriginalKey());
      found.put(StandardCharsets.UTF_8.decode(key).toString(), letter.getReason());
    }
    assertThat(found).isEqualTo(reasonByKey);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0-0", "-0-0-second"})
  void shouldAbortTheTransactionThatItsEarlierLifeLeftOpen(String idOfWorker0) throws Exception {
    produce(100);
    // Closed only after the test.
    KafkaProducer<byte[], byte[]> earlierLife =
        edge.producer(
            Map.of("transactional.id", group + idOfWorker0, "transaction.timeout.ms", 600_000));
    try {
      earlierLife.initTransactions();
      earlierLife.beginTransaction();
      earlierLife
          .send(new ProducerRecord<>(Topics.DETECTIONS.name(), new byte[] {1}, new byte[] {0}))
          .get();
      try (RunningInference inference = start("exactly-once")) {
        awaitAnswers(100);
        inference.stop();
      }
      Guarantee.read(edge).assertHolds();
    } finally {
      earlierLife.close(Duration.ZERO);
    }
  }

  @Test
  void shouldEndWithTheReasonAndDeadLetterNothingWhenTheModelIsBroken() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = edge.producer()) {
      for (int i = 0; i < 20; i++) {
        String device = "d" + i;
        send(
            producer,
            device,
            Records.encode(Records.readings(device, "brittle", i, 1, 3, 9, 9, 9)));
      }
    }
    try (RunningInference inference = start("exactly-once")) {
      assertThatThrownBy(() -> inference.ended().get(60, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .rootCause()
          .hasMessageContaining("it is the model");
    }
    assertThat(edge.answers()).isZero();
  }

  @Test
  void shouldSayAloudWhenRetentionHasOvertakenIt() throws Exception {
    produce(400);
    try (RunningInference inference = start("exactly-once")) {
      awaitAnswers(400);
      inference.stop();
    }
    produce(400);
    long deleted = deleteHalfOfWhatIsUnanswered();

    try (RunningInference inference = start("exactly-once")) {
      int kept = 400 - (int) deleted;
      awaitAnswers(400 + kept);
      inference.stop();
      assertThat(inference.count("skerry.inference.overtaken.records")).isEqualTo((double) deleted);
      assertThat(inference.count("skerry.inference.position.jumps")).isPositive();
    }
    Guarantee guarantee = Guarantee.read(edge);
    assertThat(guarantee.detections()).extracting(Detection::getSource).doesNotHaveDuplicates();
  }

  private long deleteHalfOfWhatIsUnanswered() throws Exception {
    long deleted = 0;
    try (Admin admin = edge.admin()) {
      Map<TopicPartition, Long> answered = new HashMap<>();
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((partition, offset) -> answered.put(partition, offset.offset()));
      Map<TopicPartition, Long> ends = new HashMap<>();
      for (ConsumerRecord<byte[], byte[]> record : edge.readAll(Topics.TELEMETRY)) {
        ends.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
      }
      Map<TopicPartition, RecordsToDelete> deletions = new HashMap<>();
      for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
        long from = answered.getOrDefault(end.getKey(), 0L);
        long to = (from + end.getValue()) / 2;
        deletions.put(end.getKey(), RecordsToDelete.beforeOffset(to));
        deleted += to - from;
      }
      admin.deleteRecords(deletions).all().get();
    }
    assertThat(deleted).isPositive();
    return deleted;
  }

  @Test
  void shouldPassTheLargestRecordAsDeadLetter() throws Exception {
    int frameBytes = Topics.MAX_TELEMETRY_BYTES - 1_000;
    try (KafkaProducer<byte[], byte[]> producer = edge.producer();
        RunningInference inference = start("exactly-once")) {
      send(producer, "cam", Records.encode(Records.frame("cam", "vibration", 1, frameBytes)));
      producer.flush();
      awaitAnswers(1);
      inference.stop();
    }
    DeadLetter letter = Guarantee.read(edge).deadLetters().get(0);
    ByteBuffer value = requireNonNull(letter.getOriginalValue());
    assertThat(value.remaining()).isGreaterThan(frameBytes);
  }

  private void assertScores(Guarantee guarantee) {
    SkerryAvroDeserializer<Telemetry> decoder = new SkerryAvroDeserializer<>(Telemetry.class);
    Map<String, Telemetry> asked = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : guarantee.questions()) {
      asked.put(
          record.partition() + "/" + record.offset(),
          decoder.deserialize(record.topic(), record.value()));
    }
    try (OfflineScorer vibration = new OfflineScorer(models.resolve("vibration.onnx"));
        OfflineScorer pump = new OfflineScorer(models.resolve("pump.onnx"))) {
      for (Detection detection : guarantee.detections()) {
        Telemetry telemetry =
            requireNonNull(
                asked.get(
                    detection.getSource().getPartition()
                        + "/"
                        + detection.getSource().getOffset()));
        assertThat(detection.getSequence()).isEqualTo(telemetry.getSequence());
        OfflineScorer scorer = detection.getStream().equals("pump") ? pump : vibration;
        List<Float> values = ((Readings) telemetry.getPayload()).getValues();
        float[] window = new float[values.size()];
        for (int i = 0; i < window.length; i++) {
          window[i] = values.get(i);
        }
        List<Float> scores = new ArrayList<>();
        scorer.contract().labels().forEach(label -> scores.add(detection.getScores().get(label)));
        float[] expected = scorer.score(window);
        for (int i = 0; i < expected.length; i++) {
          String label = scorer == pump ? "score" : scorer.contract().labels().get(i);
          assertThat(detection.getScores().get(label)).isCloseTo(expected[i], within());
        }
      }
    }
  }

  private static Offset<Float> within() {
    return Offset.offset(1e-5f);
  }

  private void awaitAnswers(int count) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> edge.answers() >= count);
  }

  private void produce(int count) {
    try (KafkaProducer<byte[], byte[]> producer = edge.producer()) {
      for (int i = 0; i < count; i++) {
        String device = "device-" + random.nextInt(40);
        Telemetry telemetry =
            i % 3 == 0 ? Records.readings(device, "pump", i, 1, 4, random) : vibration(device, i);
        send(producer, device, Records.encode(telemetry));
      }
    }
  }

  private Telemetry vibration(String device, long sequence) {
    return Records.readings(device, "vibration", sequence, 2, 8, random);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What is not written is missed by the counts.
  private static void send(
      KafkaProducer<byte[], byte[]> producer, String key, byte @Nullable [] value) {
    producer.send(
        new ProducerRecord<>(Topics.TELEMETRY.name(), key.getBytes(StandardCharsets.UTF_8), value));
  }
}
