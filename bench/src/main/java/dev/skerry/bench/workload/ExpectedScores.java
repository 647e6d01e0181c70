package dev.skerry.bench.workload;

import dev.skerry.bench.workload.ScoredStream.OfflineModel;
import dev.skerry.schemas.Detection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What ONNX Runtime gives offline, one at a time, for each record of a pool. */
public final class ExpectedScores {

  /** How far a score may be from the offline one. */
  public static final float TOLERANCE = 1e-5f;

  private final List<Expected> byTemplate;

  private record Expected(List<String> labels, List<Float> scores) {}

  private ExpectedScores(List<Expected> byTemplate) {
    this.byTemplate = byTemplate;
  }

  /** Scores the whole pool. */
  public static ExpectedScores of(TelemetryPool pool, Map<String, Path> modelByStream) {
    Map<ScoredStream, OfflineModel> models = new HashMap<>();
    try {
      List<Expected> expected = new ArrayList<>();
      for (int i = 0; i < TelemetryPool.SIZE; i++) {
        TelemetryPool.Template template = pool.template(i);
        OfflineModel model =
            models.computeIfAbsent(
                template.stream(), stream -> stream.open(file(stream, modelByStream)));
        expected.add(
            new Expected(template.stream().labelNames(), boxed(model.score(template.payload()))));
      }
      return new ExpectedScores(List.copyOf(expected));
    } finally {
      models.values().forEach(OfflineModel::close);
    }
  }

  private static Path file(ScoredStream stream, Map<String, Path> modelByStream) {
    Path file = modelByStream.get(stream.stream());
    if (file == null) {
      throw new IllegalArgumentException("No model answers " + stream.stream());
    }
    return file;
  }

  private static List<Float> boxed(float[] scores) {
    List<Float> boxed = new ArrayList<>();
    for (float score : scores) {
      boxed.add(score);
    }
    return List.copyOf(boxed);
  }

  /** The scores of record i. */
  public List<Float> scores(long index) {
    return expected(index).scores();
  }

  /** Whether a detection of record i has the offline scores, label by label. */
  public boolean agree(long index, Detection detection) {
    Expected expected = expected(index);
    if (detection.getScores().size() != expected.scores().size()) {
      return false;
    }
    for (int i = 0; i < expected.scores().size(); i++) {
      Float actual = detection.getScores().get(expected.labels().get(i));
      // Not (distance > tolerance): a NaN must not pass.
      if (actual == null || !(Math.abs(actual - expected.scores().get(i)) <= TOLERANCE)) {
        return false;
      }
    }
    return true;
  }

  private Expected expected(long index) {
    return byTemplate.get((int) (index % TelemetryPool.SIZE));
  }
}
