package dev.skerry.inference.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.inference.model.ModelLoader;
import dev.skerry.inference.model.Models;
import dev.skerry.inference.model.OfflineScorer;
import dev.skerry.inference.model.SessionSettings;
import dev.skerry.inference.testing.Records;
import dev.skerry.inference.testing.TestModels;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SliceTest {

  private static final int MAX_ROWS = 16;

  private Path directory;
  private final Random random = new Random(3);
  private Models models;
  private Slice slice;
  private long offset;

  @BeforeEach
  void loadModels(@TempDir Path temporary) {
    directory = temporary;
    TestModels.classifier(directory.resolve("classifier.onnx"), "vibration", 2, 8, 16, 4);
    TestModels.brittle(directory.resolve("brittle.onnx"), "brittle", 1, 3);
    models = Models.load(List.of(directory), new ModelLoader(new SessionSettings(1)));
    slice = new Slice(models.all(), MAX_ROWS);
  }

  @AfterEach
  void closeModels() {
    models.close();
  }

  @Test
  void shouldScoreAsThePlainSessionDoesWhateverTheBatchSize() {
    try (OfflineScorer offline = new OfflineScorer(directory.resolve("classifier.onnx"))) {
      for (int size = 1; size <= MAX_ROWS; size++) {
        slice.clear();
        List<Telemetry> telemetry = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          telemetry.add(Records.readings("d" + i, "vibration", i, 2, 8, random));
          add(telemetry.get(i));
        }
        slice.score();
        for (int i = 0; i < size; i++) {
          float[] expected = offline.score(values(telemetry.get(i)));
          Outcome.Placed place = (Outcome.Placed) slice.rows().get(i).outcome();
          for (int label = 0; label < expected.length; label++) {
            assertThat(Math.abs(score(place, label) - expected[label])).isLessThan(1e-5f);
          }
        }
      }
    }
  }

  @Test
  void shouldKeepRecordsOfSeveralStreamsInTheirOrder() {
    add(Records.readings("a", "vibration", 1, 2, 8, random));
    add(Records.readings("a", "brittle", 2, 1, 3, 1.5f, 0f, 0f));
    add(Records.readings("a", "vibration", 3, 2, 8, random));

    slice.score();

    assertThat(slice.rows()).extracting(row -> row.source().offset()).containsExactly(0L, 1L, 2L);
    assertThat(slice.rows()).allSatisfy(row -> assertPlaced(row));
    Outcome.Placed brittle = (Outcome.Placed) slice.rows().get(1).outcome();
    assertThat(score(brittle, 0)).isEqualTo(0.2f);
  }

  @Test
  void shouldBeFullWhenOneModelsBatchIsFull() {
    for (int i = 0; i < MAX_ROWS; i++) {
      assertThat(slice.isFull()).isFalse();
      add(Records.readings("a", "vibration", i, 2, 8, random));
    }
    assertThat(slice.isFull()).isTrue();
    slice.clear();
    assertThat(slice.isFull()).isFalse();
  }

  @Test
  void shouldRejectWhatTheModelCannotTake() {
    add(Records.readings("a", "vibration", 1, 2, 9, random));
    add(Records.readings("a", "vibration", 1, 3, 8, random));
    add(Records.readings("a", "vibration", 1, 2, 8, 1f, 2f));
    add(Records.frame("a", "vibration", 1, 10));
    add(Records.readings("a", "brittle", 1, 1, 3, 0f, Float.NaN, 0f));
    add(Records.readings("a", "unheard", 1, 2, 8, random));
    slice.add(Records.polled(offset++, "a", null));

    slice.score();

    assertRejected(0, DeadLetterReason.WRONG_SHAPE, "2 channels x 9 steps", "2 channels x 8 steps");
    assertRejected(1, DeadLetterReason.WRONG_SHAPE, "3 channels x 8 steps", "2 channels x 8 steps");
    assertRejected(2, DeadLetterReason.WRONG_SHAPE, "2 values");
    assertRejected(3, DeadLetterReason.WRONG_SHAPE, "frame of 640 x 480");
    assertRejected(4, DeadLetterReason.NOT_A_NUMBER, "channel 0 at step 1");
    assertRejected(5, DeadLetterReason.NO_MODEL, "unheard");
    assertRejected(6, DeadLetterReason.UNDECODABLE, "tombstone");
  }

  @Test
  void shouldRejectThePoisonRecordAloneAndScoreTheOthers() {
    for (int i = 0; i < 10; i++) {
      add(Records.readings("d" + i, "brittle", i, 1, 3, i == 6 ? 9f : 1.5f, 0f, 0f));
    }

    slice.score();

    assertRejected(6, DeadLetterReason.MODEL_REJECTED, "Gather");
    for (int i = 0; i < 10; i++) {
      if (i != 6) {
        assertThat(score((Outcome.Placed) slice.rows().get(i).outcome(), 0)).isEqualTo(0.2f);
      }
    }
  }

  @Test
  void shouldBlameOneDeviceWhileTheGoldenSamplesPass() {
    add(Records.readings("broken", "brittle", 1, 1, 3, 9f, 0f, 0f));
    add(Records.readings("broken", "brittle", 2, 1, 3, 9f, 0f, 0f));

    slice.score();

    assertRejected(0, DeadLetterReason.MODEL_REJECTED, "Gather");
    assertRejected(1, DeadLetterReason.MODEL_REJECTED, "Gather");
  }

  @Test
  void shouldBlameTheModelWhenEveryRecordOfSeveralDevicesFails() {
    add(Records.readings("a", "brittle", 1, 1, 3, 9f, 0f, 0f));
    add(Records.readings("b", "brittle", 2, 1, 3, 9f, 0f, 0f));

    assertThatThrownBy(slice::score)
        .isInstanceOf(BrokenModelException.class)
        .hasMessageContaining("it is the model");
  }

  @Test
  void shouldBlameTheModelWhenRecordAfterRecordOfSeveralDevicesFails() {
    for (int i = 1; i < FailureStreak.MODELS_FAULT; i++) {
      scoreAlone(i % 2 == 0 ? "a" : "b", i, 9f);
      assertRejected(0, DeadLetterReason.MODEL_REJECTED, "Gather");
    }
    scoreAlone("c", 16, 1.5f); // Others can be scored, so that it was the records.
    for (int i = 1; i < FailureStreak.MODELS_FAULT; i++) {
      scoreAlone(i % 2 == 0 ? "a" : "b", 16 + i, 9f);
    }

    assertThatThrownBy(() -> scoreAlone("c", 32, 9f))
        .isInstanceOf(BrokenChampionException.class)
        .hasMessageContaining("record after record");
  }

  private void scoreAlone(String device, int sequence, float value) {
    slice.clear();
    add(Records.readings(device, "brittle", sequence, 1, 3, value, 0f, 0f));
    slice.score();
  }

  @Test
  void shouldRejectARecordWhoseScoresOverflow() {
    add(Records.readings("a", "vibration", 1, 2, 8, new float[16]));
    float[] huge = new float[16];
    Arrays.fill(huge, 3e38f);
    add(Records.readings("a", "vibration", 2, 2, 8, huge));

    slice.score();

    assertPlaced(slice.rows().get(0));
    assertRejected(1, DeadLetterReason.MODEL_REJECTED, "NaN or infinite");
  }

  private static float score(Outcome.Placed place, int index) {
    return place.output().get(place.outputOffset() + index);
  }

  private void add(Telemetry telemetry) {
    slice.add(Records.polled(offset++, telemetry.getDeviceId(), Records.encode(telemetry)));
  }

  private static void assertPlaced(Row row) {
    assertThat(row.outcome()).isInstanceOf(Outcome.Placed.class);
  }

  private void assertRejected(int row, DeadLetterReason reason, String... details) {
    assertThat(slice.rows().get(row).outcome()).isInstanceOf(Outcome.Rejected.class);
    Outcome.Rejected rejected = (Outcome.Rejected) slice.rows().get(row).outcome();
    assertThat(rejected.reason()).isEqualTo(reason);
    assertThat(rejected.detail()).contains(details);
  }

  private static float[] values(Telemetry telemetry) {
    List<Float> list = ((Readings) telemetry.getPayload()).getValues();
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }
}
