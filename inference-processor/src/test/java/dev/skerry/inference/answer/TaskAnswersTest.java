package dev.skerry.inference.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skerry.inference.batch.Slice;
import dev.skerry.inference.model.ModelLoader;
import dev.skerry.inference.model.Models;
import dev.skerry.inference.model.OfflineScorer;
import dev.skerry.inference.model.SessionSettings;
import dev.skerry.inference.testing.Records;
import dev.skerry.inference.testing.TaskModels;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.SampleReason;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Quantity;
import dev.skerry.schemas.model.Task;
import dev.skerry.schemas.model.Uncertainty;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each task from telemetry to its answers, beside what ONNX Runtime gives offline. */
class TaskAnswersTest {

  private static final int RECORDS = 200;

  private final Random random = new Random(4);
  private Path directory;
  private Path file;

  private record Answer(Telemetry telemetry, Detection detection, List<SampleReason> reasons) {}

  @BeforeEach
  void nameFile(@TempDir Path temporary) {
    directory = temporary;
    file = directory.resolve("model.onnx");
  }

  @Test
  void shouldMakeProbabilitiesOfLogitsOfNormalisedReadings() {
    ModelContract contract = TaskModels.logits(file, "s", Uncertainty.LEAST_CONFIDENCE);
    for (Answer answer : answersLikeOffline(contract)) {
      Detection detection = answer.detection();
      double sum = detection.getScores().values().stream().mapToDouble(Float::doubleValue).sum();
      assertThat(sum).isEqualTo(1, within(1e-5));
      assertThat(detection.getScores())
          .containsEntry(detection.getLabel(), detection.getConfidence());
      assertThat(detection.getUncertainty()).isEqualTo(1 - detection.getConfidence());
    }
  }

  @Test
  void shouldJudgeAReconstructionByItsMeanSquaredError() {
    List<Answer> answers = answersLikeOffline(TaskModels.autoencoder(file, "s"));
    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(answer.detection().getLabel())
                    .isEqualTo(score(answer, "score") >= 0.5f ? "anomaly" : "normal"))
        .extracting(answer -> answer.detection().getLabel())
        .contains("normal", "anomaly");
  }

  @Test
  void shouldNameTheQuantitiesOfARegressionAndKeepToTheirLimits() {
    List<Answer> answers = answersLikeOffline(TaskModels.regression(file, "s"));
    assertThat(answers)
        .allSatisfy(
            answer -> {
              assertThat(answer.detection().getScores()).containsOnlyKeys("life", "load");
              assertThat(answer.detection().getConfidence()).isEqualTo(1);
              assertThat(answer.detection().getLabel())
                  .isEqualTo(score(answer, "life") < 0 ? "anomaly" : "normal");
            })
        .extracting(answer -> answer.detection().getLabel())
        .contains("normal", "anomaly");
  }

  @Test
  void shouldGiveTheMeasureOfUncertaintyThatTheContractNames() {
    for (Uncertainty measure : Uncertainty.values()) {
      for (Answer answer : answersLikeOffline(TaskModels.logits(file, "s", measure))) {
        List<Float> scores = sorted(answer);
        double expected =
            switch (measure) {
              case LEAST_CONFIDENCE -> 1 - scores.get(0);
              case MARGIN -> 1 - (scores.get(0) - scores.get(1));
              case ENTROPY -> entropy(scores);
            };
        assertThat(answer.detection().getUncertainty()).isEqualTo((float) expected, within(1e-5f));
      }
    }
  }

  @Test
  void shouldNameEveryReasonForDoubtAndNoOther() {
    int candidates = 0;
    for (Answer answer : answersLikeOffline(TaskModels.logits(file, "s", Uncertainty.MARGIN))) {
      List<Float> scores = sorted(answer);
      List<SampleReason> expected = new ArrayList<>();
      if (scores.get(0) < 0.6f) {
        expected.add(SampleReason.LOW_CONFIDENCE);
      }
      if (scores.get(0) - scores.get(1) < 0.3f) {
        expected.add(SampleReason.LOW_MARGIN);
      }
      if (entropy(scores) > 0.8) {
        expected.add(SampleReason.HIGH_ENTROPY);
      }
      boolean outside =
          answer.telemetry().getPayload() instanceof Readings readings
              && readings.getValues().stream().anyMatch(value -> Math.abs(value) > 3);
      if (outside) {
        expected.add(SampleReason.OUT_OF_RANGE);
      }
      List<SampleReason> reasons = new ArrayList<>(answer.reasons());
      reasons.remove(SampleReason.RANDOM_AUDIT);
      assertThat(reasons).isEqualTo(expected);
      assertThat(answer.detection().getLowConfidence())
          .isEqualTo(expected.contains(SampleReason.LOW_CONFIDENCE));
      candidates += answer.reasons().isEmpty() ? 0 : 1;
    }
    assertThat(candidates).isBetween(1, RECORDS - 1);
  }

  @Test
  void shouldAuditTheSameShareOfTheSameRecordsEachTime() {
    TaskModels.logits(file, "s", Uncertainty.ENTROPY);
    List<Telemetry> telemetry = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      telemetry.add(Records.readings("d" + i % 7, "s", i, 2, 4, random));
    }
    List<Answer> once = answer(telemetry);
    List<Answer> again = answer(telemetry);
    assertThat(again)
        .extracting(Answer::reasons)
        .isEqualTo(once.stream().map(Answer::reasons).toList());
    long audited =
        once.stream()
            .filter(answer -> answer.reasons().contains(SampleReason.RANDOM_AUDIT))
            .count();
    assertThat(audited)
        .as("a quarter, give or take five standard deviations")
        .isBetween(400L, 600L);
  }

  private List<Answer> answersLikeOffline(ModelContract contract) {
    List<Telemetry> telemetry = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      float[] values = new float[8];
      for (int v = 0; v < values.length; v++) {
        values[v] = (float) random.nextGaussian() * 1.2f;
      }
      telemetry.add(Records.readings("d" + i % 5, "s", i, 2, 4, values));
    }
    List<Answer> answers = answer(telemetry);
    try (OfflineScorer offline = new OfflineScorer(file)) {
      for (Answer answer : answers) {
        float[] expected = offline.score(values(answer.telemetry()));
        for (int i = 0; i < expected.length; i++) {
          assertThat(score(answer, scoreName(contract, i)))
              .isEqualTo(expected[i], within(1e-5f * Math.max(1, Math.abs(expected[i]))));
        }
      }
    }
    return answers;
  }

  private List<Answer> answer(List<Telemetry> telemetry) {
    List<Answer> answered = new ArrayList<>();
    try (Models models = Models.load(List.of(file), new ModelLoader(new SessionSettings(1)))) {
      Slice slice = new Slice(models.all(), 64);
      Answers answers = new Answers("site-1");
      int next = 0;
      while (next < telemetry.size()) {
        slice.clear();
        int first = next;
        while (next < telemetry.size() && !slice.isFull()) {
          Telemetry record = telemetry.get(next);
          slice.add(Records.polled(next++, record.getDeviceId(), Records.encode(record)));
        }
        slice.score();
        for (int i = 0; i < slice.rows().size(); i++) {
          List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>();
          answers.write(slice.rows().get(i), 1, written::add);
          answered.add(read(telemetry.get(first + i), written));
        }
      }
    }
    return answered;
  }

  private static Answer read(Telemetry telemetry, List<ProducerRecord<byte[], byte[]>> written) {
    Detection detection = decode(Detection.class, written.get(0).value());
    if (written.size() == 1) {
      return new Answer(telemetry, detection, List.of());
    }
    RetrainingSample sample = decode(RetrainingSample.class, written.get(1).value());
    assertThat(sample.getTelemetry()).isEqualTo(telemetry);
    assertThat(sample.getUncertainty()).isEqualTo(detection.getUncertainty());
    assertThat(sample.getDetection()).isEqualTo(detection);
    assertThat(sample.getReasons()).isNotEmpty();
    return new Answer(telemetry, detection, sample.getReasons());
  }

  private static String scoreName(ModelContract contract, int index) {
    if (contract.task() == Task.ANOMALY) {
      return "score";
    }
    List<String> quantities = contract.quantities().stream().map(Quantity::name).toList();
    return quantities.isEmpty() ? contract.labels().get(index) : quantities.get(index);
  }

  private static float score(Answer answer, String name) {
    return Objects.requireNonNull(answer.detection().getScores().get(name));
  }

  private static List<Float> sorted(Answer answer) {
    return answer.detection().getScores().values().stream()
        .sorted((a, b) -> Float.compare(b, a))
        .toList();
  }

  private static double entropy(List<Float> probabilities) {
    return probabilities.stream().mapToDouble(p -> p == 0 ? 0 : -p * Math.log(p)).sum()
        / Math.log(probabilities.size());
  }

  private static float[] values(Telemetry telemetry) {
    List<Float> list = ((Readings) telemetry.getPayload()).getValues();
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }

  private static <T extends SpecificRecord> T decode(Class<T> type, byte[] bytes) {
    Decoded<T> decoded = new AvroDecoder<>(type).decode(bytes);
    assertThat(decoded).isInstanceOf(Decoded.Value.class);
    T value = ((Decoded.Value<T>) decoded).value();
    assertThat(value).isNotNull();
    return value;
  }
}
