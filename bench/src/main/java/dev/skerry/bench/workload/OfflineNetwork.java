package dev.skerry.bench.workload;

import dev.skerry.inference.model.OfflineScorer;
import dev.skerry.schemas.Readings;
import java.nio.file.Path;
import java.util.List;

/** A model of readings. Not thread-safe. */
final class OfflineNetwork implements ScoredStream.OfflineModel {

  private final OfflineScorer scorer;

  OfflineNetwork(Path model) {
    this.scorer = new OfflineScorer(model);
  }

  @Override
  public float[] score(Object payload) {
    List<Float> values = ((Readings) payload).getValues();
    float[] window = new float[values.size()];
    for (int i = 0; i < window.length; i++) {
      window[i] = values.get(i);
    }
    return scorer.score(window);
  }

  @Override
  public void close() {
    scorer.close();
  }
}
