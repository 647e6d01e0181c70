package dev.skerry.inference.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.inference.model.ModelLoader;
import dev.skerry.inference.model.OfflineScorer;
import dev.skerry.inference.model.ScoringException;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.inference.model.SessionSettings;
import dev.skerry.inference.testing.TestModels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model's scores in runs of any size, padded and split in any way, beside one row at a time. */
class PaddedScoresTest {

  private static final int CAPACITY = 48;
  private static final int WIDTH = 64;
  private static final int LABELS = 8;
  private static final float TOLERANCE = 1e-5f;

  private final Random random = new Random(13);

  @TempDir private Path directory;

  @Test
  void shouldScoreAsOfflineWhateverTheSizePaddedOrNotSplitOrNot() throws ScoringException {
    Path file = directory.resolve("model.onnx");
    TestModels.classifier(file, "vibration", 1, WIDTH, 64, LABELS);
    try (ServedModel model = new ModelLoader(new SessionSettings(1)).load(file);
        OfflineScorer offline = new OfflineScorer(file)) {
      for (int rows = 1; rows <= CAPACITY; rows++) {
        for (boolean fixedSizes : new boolean[] {false, true}) {
          float[][] windows = windows(rows);
          assertScores(windows, score(model, windows, rows, fixedSizes), offline);
          int pieceRows = 1 + random.nextInt(rows);
          assertScores(windows, score(model, windows, pieceRows, fixedSizes), offline);
        }
      }
    }
  }

  /** In runs of so many rows, the last of fewer. */
  private static FloatBuffer score(
      ServedModel model, float[][] windows, int pieceRows, boolean fixedSizes)
      throws ScoringException {
    FloatBuffer output = direct(CAPACITY * LABELS).asFloatBuffer();
    BatchRun run = new BatchRun(model::run, input(windows), output, CAPACITY, fixedSizes);
    for (int first = 0; first < windows.length; first += pieceRows) {
      run.score(first, Math.min(pieceRows, windows.length - first));
    }
    return output;
  }

  private static void assertScores(float[][] windows, FloatBuffer output, OfflineScorer offline) {
    for (int row = 0; row < windows.length; row++) {
      float[] expected = offline.score(windows[row]);
      for (int label = 0; label < LABELS; label++) {
        float distance = Math.abs(output.get(row * LABELS + label) - expected[label]);
        assertThat(distance).as("row %d of %d", row, windows.length).isLessThan(TOLERANCE);
      }
    }
  }

  private float[][] windows(int rows) {
    float[][] windows = new float[rows][WIDTH];
    for (float[] window : windows) {
      for (int i = 0; i < WIDTH; i++) {
        window[i] = (float) random.nextGaussian() * 2;
      }
    }
    return windows;
  }

  private static ByteBuffer input(float[][] windows) {
    ByteBuffer input = direct(CAPACITY * WIDTH);
    FloatBuffer floats = input.asFloatBuffer();
    for (float[] window : windows) {
      floats.put(window);
    }
    return input;
  }

  private static ByteBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES).order(ByteOrder.nativeOrder());
  }
}
