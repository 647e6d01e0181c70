package dev.skerry.inference.model;

import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.ModelContract;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/** Whether a model gives the scores that its contract's golden samples promise. */
public final class GoldenCheck {

  /** How far a score may be from its golden one. */
  public static final float TOLERANCE = 1e-4f;

  private GoldenCheck() {}

  /** What is wrong, in one sentence; empty where every sample gives its scores. */
  public static Optional<String> problem(ServedModel model) {
    ModelContract contract = model.contract();
    List<GoldenSample> samples = contract.golden();
    FloatBuffer input = direct(samples.size() * contract.readings().elements());
    samples.forEach(sample -> sample.values().forEach(input::put));
    FloatBuffer scores = direct(samples.size() * contract.scoreCount());
    try {
      model.run(input.flip(), samples.size(), scores);
    } catch (ScoringException e) {
      return Optional.of("the golden samples cannot be scored: " + e.getMessage());
    }
    for (int row = 0; row < samples.size(); row++) {
      Optional<String> problem = compare(samples.get(row), row, scores, contract);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> compare(
      GoldenSample sample, int row, FloatBuffer scores, ModelContract contract) {
    for (int i = 0; i < contract.scoreCount(); i++) {
      float expected = sample.scores().get(i);
      float actual = scores.get(row * contract.scoreCount() + i);
      // Not (distance > tolerance): a NaN must not pass.
      if (!(Math.abs(actual - expected) <= TOLERANCE)) {
        return Optional.of(
            "golden sample %d gives %s as score %d, and the contract promises %s"
                .formatted(row, actual, i, expected));
      }
    }
    return Optional.empty();
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
