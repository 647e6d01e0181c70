package dev.skerry.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skerry.inference.model.OfflineScorer;
import dev.skerry.schemas.Frame;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CameraStreamTest {

  private final CameraStream cameras = new CameraStream(100);

  @TempDir private Path directory;

  @Test
  void shouldScoreFramesWithTheShippedModelAndLeaveNoDoubt() {
    Path model = cameras.write(1, directory);
    Supplier<Object> frames = cameras.payloads(new Random(1));

    try (ScoredStream.OfflineModel offline = cameras.open(model);
        OfflineScorer contract = new OfflineScorer(model)) {
      assertThat(contract.contract().labels()).isEqualTo(cameras.labelNames());
      assertThat(contract.contract().thresholds().lowConfidence()).isZero();
      float[] first = offline.score(frames.get());
      float[] second = offline.score(frames.get());
      assertThat(sum(first)).isCloseTo(1, within(1e-4));
      assertThat(first).isNotEqualTo(second);
    }
  }

  @Test
  void shouldShowFramesOfTheSizeThatTheModelTakes() {
    Frame frame = (Frame) cameras.payloads(new Random(1)).get();

    assertThat(PlainPixels.of(frame).remaining()).isEqualTo(128 * 128 * PlainPixels.COLOURS);
  }

  private static double sum(float[] scores) {
    double sum = 0;
    for (float score : scores) {
      sum += score;
    }
    return sum;
  }
}
