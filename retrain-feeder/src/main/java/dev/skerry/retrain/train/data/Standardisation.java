package dev.skerry.retrain.train.data;

import dev.skerry.retrain.train.graph.Graph;
import java.util.Arrays;
import java.util.List;
import org.tribuo.util.onnx.ONNXRef;

/**
 * Brings features to one scale, (x − centre) · scale, and limits what lies far outside anything
 * seen in training. In the graph and outside it the same float arithmetic.
 */
public final class Standardisation {

  private static final float LIMIT = 6;

  private final float[] centres;
  private final float[] scales;

  private Standardisation(float[] centres, float[] scales) {
    this.centres = centres;
    this.scales = scales;
  }

  /** By mean and standard deviation; a feature that never changes is left at 0. */
  public static Standardisation fit(List<float[]> rows) {
    int width = rows.get(0).length;
    float[] centres = new float[width];
    float[] scales = new float[width];
    for (int feature = 0; feature < width; feature++) {
      double sum = 0;
      double squares = 0;
      for (float[] row : rows) {
        sum += row[feature];
      }
      double mean = sum / rows.size();
      for (float[] row : rows) {
        squares += (row[feature] - mean) * (row[feature] - mean);
      }
      double deviation = Math.sqrt(squares / rows.size());
      centres[feature] = (float) mean;
      scales[feature] =
          deviation < 1e-6 * Math.max(1e-3, Math.abs(mean)) ? 0 : (float) (1 / deviation);
    }
    return new Standardisation(centres, scales);
  }

  public float[] apply(float[] row) {
    float[] standard = Arrays.copyOf(row, row.length);
    for (int feature = 0; feature < row.length; feature++) {
      float value = (row[feature] - centres[feature]) * scales[feature];
      standard[feature] = Math.max(-LIMIT, Math.min(LIMIT, value));
    }
    return standard;
  }

  /** The same for features {@code batch × width} in a graph. */
  public ONNXRef<?> apply(Graph graph, ONNXRef<?> features) {
    ONNXRef<?> scaled = scale(graph, features);
    return graph.max(graph.scalar(-LIMIT), graph.min(graph.scalar(LIMIT), scaled));
  }

  /** Without the limit, for models whose answer is how far away something is. */
  public ONNXRef<?> scale(Graph graph, ONNXRef<?> features) {
    ONNXRef<?> centred = graph.subtract(features, graph.constant(centres, 1, centres.length));
    return graph.multiply(centred, graph.constant(scales, 1, scales.length));
  }
}
