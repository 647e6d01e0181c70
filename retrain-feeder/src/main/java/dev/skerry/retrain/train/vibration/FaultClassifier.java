package dev.skerry.retrain.train.vibration;

import dev.skerry.retrain.train.data.FeatureTable;
import dev.skerry.retrain.train.data.Standardisation;
import dev.skerry.retrain.train.graph.Graph;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.util.onnx.ONNXRef;

/**
 * Multinomial logistic regression on standardised features, trained by Tribuo with AdaGrad on one
 * thread: the same data and seed give the same weights. Factorization machines were tried and were
 * no better on machines that were never seen.
 *
 * @param labels in the order of the model's output
 * @param standardisation brings features to one scale
 * @param model Tribuo's part
 */
record FaultClassifier(List<String> labels, Standardisation standardisation, LinearSGDModel model) {

  private static final double LEARNING_RATE = 0.1;
  private static final double EPSILON = 0.1;
  private static final int MINIBATCH = 16;
  private static final int NO_LOGGING = -1;

  /** Kept, or its level would be forgotten. Tribuo tells every epoch. */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  static FaultClassifier train(FeatureTable table, List<String> labels, int epochs, long seed) {
    TRIBUO.setLevel(Level.WARNING);
    Standardisation standardisation = Standardisation.fit(table.rows());
    LabelFactory factory = new LabelFactory();
    MutableDataset<Label> examples =
        new MutableDataset<>(new SimpleDataSourceProvenance("telemetry", factory), factory);
    String[] names = featureNames(table.rows().get(0).length);
    for (int row = 0; row < table.size(); row++) {
      float[] features = standardisation.apply(table.rows().get(row));
      Label label = new Label(labels.get(table.truth(row)));
      examples.add(new ArrayExample<>(label, names, doubles(features)));
    }
    LinearSGDTrainer trainer =
        new LinearSGDTrainer(
            new LogMulticlass(),
            new AdaGrad(LEARNING_RATE, EPSILON),
            epochs,
            NO_LOGGING,
            MINIBATCH,
            seed);
    return new FaultClassifier(labels, standardisation, trainer.train(examples));
  }

  /** Adds it to a graph: probabilities {@code batch × labels} from features. */
  ONNXRef<?> on(Graph graph, ONNXRef<?> features) {
    ONNXRef<?> scores = model.writeONNXGraph(standardisation.apply(graph, features));
    long[] places =
        labels.stream()
            .mapToLong(label -> model.getOutputIDInfo().getID(new Label(label)))
            .toArray();
    return graph.gather(scores, 1, places);
  }

  /** Tribuo numbers features by the order of their names. */
  private static String[] featureNames(int width) {
    String[] names = new String[width];
    for (int feature = 0; feature < width; feature++) {
      names[feature] = String.format(Locale.ROOT, "f%04d", feature);
    }
    return names;
  }

  private static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }
}
