package dev.skerry.inference.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.inference.batch.Slice;
import dev.skerry.inference.model.ModelLoader;
import dev.skerry.inference.model.Models;
import dev.skerry.inference.model.SessionSettings;
import dev.skerry.inference.testing.Records;
import dev.skerry.inference.testing.TestModels;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.SampleId;
import dev.skerry.schemas.SampleReason;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {

  private static final long NOW = 1_800_000_000_777L;

  private Path directory;
  private final Random random = new Random(9);
  private Models models;
  private Slice slice;
  private Answers answers;

  @BeforeEach
  void loadModels(@TempDir Path temporary) {
    directory = temporary;
    TestModels.classifier(directory.resolve("classifier.onnx"), "vibration", 2, 8, 16, 4);
    TestModels.anomaly(directory.resolve("anomaly.onnx"), "pump", 1, 2);
    models = Models.load(List.of(directory), new ModelLoader(new SessionSettings(1)));
    slice = new Slice(models.all(), 64);
    answers = new Answers("site-1");
  }

  @AfterEach
  void closeModels() {
    models.close();
  }

  @Test
  void shouldEncodeDetectionsByteForByteAsTheGeneratedClassDoes() {
    for (int i = 0; i < 50; i++) {
      Telemetry telemetry =
          Records.readings("dévice-" + i, "vibration", random.nextLong(), 2, 8, random);
      ProducerRecord<byte[], byte[]> answer = answer(telemetry).get(0);

      Detection detection = decode(Detection.class, answer.value());
      Map<String, Float> inOrder = new LinkedHashMap<>();
      for (String label : List.of("fault-0", "fault-1", "fault-2", "fault-3")) {
        inOrder.put(label, detection.getScores().get(label));
      }
      detection.setScores(inOrder);
      assertThat(new AvroEncoder<>(Detection.class).encode(detection)).isEqualTo(answer.value());
    }
  }

  @Test
  void shouldAnswerAClassifierWithItsMostProbableClass() {
    Telemetry telemetry = Records.readings("fan-1", "vibration", 42, 2, 8, random);
    ProducerRecord<byte[], byte[]> answer = answer(telemetry).get(0);
    Detection detection = decode(Detection.class, answer.value());

    assertThat(answer.topic()).isEqualTo("detections");
    assertThat(answer.key()).asString().isEqualTo("fan-1");
    assertThat(answer.partition()).isNull();
    assertThat(detection.getDeviceId()).isEqualTo("fan-1");
    assertThat(detection.getSiteId()).isEqualTo(telemetry.getSiteId());
    assertThat(detection.getStream()).isEqualTo("vibration");
    assertThat(detection.getEventTime()).isEqualTo(telemetry.getEventTime());
    assertThat(detection.getBootEpoch()).isEqualTo(3);
    assertThat(detection.getSequence()).isEqualTo(42);
    assertThat(detection.getSource())
        .isEqualTo(new SourceRef("telemetry", 2, 0L, Instant.ofEpochMilli(1_800_000_000_000L)));
    assertThat(detection.getInferredAt()).isEqualTo(Instant.ofEpochMilli(NOW));
    assertThat(detection.getModel()).isEqualTo("test-vibration");
    assertThat(detection.getModelVersion()).isEqualTo("1.0.0");
    assertThat(detection.getRole()).isEqualTo(ModelRole.CHAMPION);
    float best = detection.getScores().values().stream().max(Float::compare).orElseThrow();
    assertThat(detection.getScores()).hasSize(4).containsEntry(detection.getLabel(), best);
    assertThat(detection.getConfidence()).isEqualTo(best);
    assertThat(detection.getUncertainty()).isEqualTo(1 - best);
    assertThat(detection.getBoxes()).isEmpty();
  }

  @Test
  void shouldJudgeAnAnomalyAgainstItsThreshold() {
    Detection normal = anomaly(0.5f); // Mean square 0.25, so p = 0.2.
    assertThat(normal.getLabel()).isEqualTo("normal");
    assertThat(normal.getConfidence()).isEqualTo(0.8f);
    assertThat(normal.getScores()).containsExactly(Map.entry("score", 0.25f));

    Detection atThreshold = anomaly(1f);
    assertThat(atThreshold.getLabel()).isEqualTo("anomaly");
    assertThat(atThreshold.getConfidence()).isEqualTo(0.5f);
    assertThat(atThreshold.getLowConfidence()).isTrue();

    Detection anomaly = anomaly(3f); // Mean square 9, so p = 0.9.
    assertThat(anomaly.getLabel()).isEqualTo("anomaly");
    assertThat(anomaly.getConfidence()).isEqualTo(0.9f);
    assertThat(anomaly.getLowConfidence()).isFalse();
  }

  @Test
  void shouldMakeACandidateOfWhatTheModelDoubts() {
    Telemetry telemetry = Records.readings("p-1", "pump", 5, 1, 2, 1f, 1f);
    List<ProducerRecord<byte[], byte[]>> written = answer(telemetry);

    assertThat(written)
        .extracting(ProducerRecord::topic)
        .containsExactly("detections", "retraining-candidates");
    RetrainingSample sample = decode(RetrainingSample.class, written.get(1).value());
    assertThat(written.get(1).key()).asString().isEqualTo("p-1");
    assertThat(sample.getSampleId())
        .isEqualTo(SampleId.of("site-1", sample.getDetection().getSource()));
    assertThat(sample.getReasons()).containsExactly(SampleReason.LOW_CONFIDENCE);
    assertThat(sample.getUncertainty()).isEqualTo(0.5f);
    assertThat(sample.getDetection()).isEqualTo(decode(Detection.class, written.get(0).value()));
    assertThat(sample.getTelemetry()).isEqualTo(telemetry);
    assertThat(new AvroEncoder<>(RetrainingSample.class).encode(sample))
        .isEqualTo(written.get(1).value());
  }

  @Test
  void shouldKeyByDeviceWhereTheRecordHasNoKey() {
    Telemetry telemetry = Records.readings("fan-1", "vibration", 42, 2, 8, random);
    assertThat(answer(Records.polled(0, null, Records.encode(telemetry))).get(0).key())
        .asString()
        .isEqualTo("fan-1");
  }

  @Test
  void shouldKeepTheWholeRecordInItsDeadLetter() {
    ConsumerRecord<byte[], ByteBuffer> source = Records.polled(7, "k", new byte[] {9, 9});
    source.headers().add("trace", new byte[] {1}).add("empty", null);

    List<ProducerRecord<byte[], byte[]>> written = answer(source);

    assertThat(written).hasSize(1);
    assertThat(written.get(0).topic()).isEqualTo("dead-letters");
    assertThat(written.get(0).key()).asString().isEqualTo("k");
    DeadLetter letter = decode(DeadLetter.class, written.get(0).value());
    assertThat(letter.getSiteId()).isEqualTo("site-1");
    assertThat(letter.getStage()).isEqualTo("inference");
    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.NOT_AVRO);
    assertThat(letter.getDetail()).contains("2 bytes");
    assertThat(letter.getFailedAt()).isEqualTo(Instant.ofEpochMilli(NOW));
    assertThat(letter.getSource().getOffset()).isEqualTo(7);
    assertThat(letter.getOriginalKey()).isEqualTo(ByteBuffer.wrap(new byte[] {'k'}));
    assertThat(letter.getOriginalValue()).isEqualTo(ByteBuffer.wrap(new byte[] {9, 9}));
    assertThat(letter.getOriginalHeaders()).hasSize(2);
    assertThat(letter.getOriginalHeaders().get(0).getKey()).isEqualTo("trace");
    assertThat(letter.getOriginalHeaders().get(1).getValue()).isNull();
  }

  @Test
  void shouldFitItsTopicsWhateverTheRecord() {
    int most = Topics.MAX_TELEMETRY_BYTES - 1000;
    Telemetry frame = Records.frame("cam", "vibration", 1, most);
    Telemetry longStream = Records.readings("d", "s".repeat(most), 1, 1, 1, 1f);
    List<ConsumerRecord<byte[], ByteBuffer>> sources =
        List.of(
            Records.polled(0, "cam", Records.encode(frame)),
            Records.polled(0, "d", Records.encode(longStream)),
            Records.polled(0, "k".repeat(most), new byte[] {1}),
            Records.polled(0, "d", new byte[40 << 20]));
    for (ConsumerRecord<byte[], ByteBuffer> source : sources) {
      for (ProducerRecord<byte[], byte[]> answer : answer(source)) {
        int size = answer.value().length + (answer.key() == null ? 0 : answer.key().length);
        assertThat(size).isLessThan(Topics.MAX_WRAPPED_BYTES);
      }
    }
  }

  @Test
  void shouldSayThatARecordTooLargeToKeepIsNotKept() {
    byte[] tooLarge = new byte[Topics.MAX_TELEMETRY_BYTES + 1];
    DeadLetter letter =
        decode(DeadLetter.class, answer(Records.polled(3, "k", tooLarge)).get(0).value());
    assertThat(letter.getOriginalValue()).isNull();
    assertThat(letter.getDetail()).endsWith("It is too large to be kept here.");
    assertThat(letter.getSource().getOffset()).isEqualTo(3);
  }

  private Detection anomaly(float value) {
    Telemetry telemetry = Records.readings("p-1", "pump", 1, 1, 2, value, value);
    return decode(Detection.class, answer(telemetry).get(0).value());
  }

  private List<ProducerRecord<byte[], byte[]>> answer(Telemetry telemetry) {
    return answer(Records.polled(0, telemetry.getDeviceId(), Records.encode(telemetry)));
  }

  private List<ProducerRecord<byte[], byte[]>> answer(ConsumerRecord<byte[], ByteBuffer> source) {
    List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>();
    slice.clear();
    slice.add(source);
    slice.score();
    slice.rows().forEach(row -> answers.write(row, NOW, written::add));
    return written;
  }

  private static <T extends SpecificRecord> T decode(Class<T> type, byte[] bytes) {
    Decoded<T> decoded = new AvroDecoder<>(type).decode(bytes);
    assertThat(decoded).as(() -> text(bytes)).isInstanceOf(Decoded.Value.class);
    return ((Decoded.Value<T>) decoded).value();
  }

  private static @Nullable String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
