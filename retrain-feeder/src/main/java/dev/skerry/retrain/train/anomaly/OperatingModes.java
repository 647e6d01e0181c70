package dev.skerry.retrain.train.anomaly;

import dev.skerry.retrain.train.data.Standardisation;
import dev.skerry.retrain.train.graph.Graph;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.MutableDataset;
import org.tribuo.clustering.ClusterID;
import org.tribuo.clustering.ClusteringFactory;
import org.tribuo.clustering.kmeans.KMeansModel;
import org.tribuo.clustering.kmeans.KMeansTrainer;
import org.tribuo.clustering.kmeans.KMeansTrainer.Initialisation;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.distance.L2Distance;
import org.tribuo.math.la.DenseVector;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.util.onnx.ONNXRef;

/**
 * The ways in which normal data runs: centres that Tribuo's k-means finds among standardised
 * features. A window's score is the largest deviation of any feature from the nearest centre, in
 * standard deviations.
 */
final class OperatingModes {

  private static final int ITERATIONS = 30;

  /** Kept, or its level would be forgotten. */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  private final Standardisation standardisation;
  private final float[] centres;
  private final int modes;
  private final int width;

  private OperatingModes(Standardisation standardisation, float[] centres, int modes, int width) {
    this.standardisation = standardisation;
    this.centres = centres;
    this.modes = modes;
    this.width = width;
  }

  static OperatingModes fit(List<float[]> features, int modes, long seed) {
    TRIBUO.setLevel(Level.WARNING);
    Standardisation standardisation = Standardisation.fit(features);
    int width = features.get(0).length;
    ClusteringFactory factory = new ClusteringFactory();
    MutableDataset<ClusterID> examples =
        new MutableDataset<>(new SimpleDataSourceProvenance("telemetry", factory), factory);
    String[] names = new String[width];
    for (int feature = 0; feature < width; feature++) {
      names[feature] = String.format(Locale.ROOT, "f%05d", feature);
    }
    for (float[] row : features) {
      float[] standard = standardisation.apply(row);
      double[] values = new double[width];
      for (int feature = 0; feature < width; feature++) {
        values[feature] = standard[feature];
      }
      examples.add(new ArrayExample<>(ClusteringFactory.UNASSIGNED_CLUSTER_ID, names, values));
    }
    KMeansModel model =
        new KMeansTrainer(modes, ITERATIONS, new L2Distance(), Initialisation.PLUSPLUS, 1, seed)
            .train(examples);
    return new OperatingModes(
        standardisation, flat(model.getCentroidVectors(), width), modes, width);
  }

  /** Scores {@code batch × 1} from features. */
  ONNXRef<?> on(Graph graph, ONNXRef<?> features) {
    ONNXRef<?> standard = standardisation.scale(graph, features);
    ONNXRef<?> distances =
        graph.unary(
            "Abs",
            graph.subtract(
                graph.reshape(standard, 0, 1, width), graph.constant(centres, 1, modes, width)));
    ONNXRef<?> largest = graph.reshape(graph.largest(distances, 2), 0, modes);
    return graph.unary("Neg", graph.largest(graph.unary("Neg", largest), 1));
  }

  private static float[] flat(DenseVector[] vectors, int width) {
    float[] flat = new float[vectors.length * width];
    for (int row = 0; row < vectors.length; row++) {
      for (int feature = 0; feature < width; feature++) {
        flat[row * width + feature] = (float) vectors[row].get(feature);
      }
    }
    return flat;
  }
}
