package dev.skerry.retrain.train.vibration;

import ai.onnx.proto.OnnxMl.GraphProto;
import dev.skerry.retrain.train.Progress;
import dev.skerry.retrain.train.data.FeatureTable;
import dev.skerry.retrain.train.data.TrainingDataException;
import dev.skerry.retrain.train.graph.Graph;
import dev.skerry.retrain.train.graph.GraphSession;
import dev.skerry.retrain.train.graph.ModelFile;
import dev.skerry.retrain.train.judge.RmsThreshold;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Output;
import dev.skerry.schemas.model.ReadingsInput;
import dev.skerry.schemas.model.Task;
import dev.skerry.schemas.model.Thresholds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tribuo.util.onnx.ONNXRef;

/**
 * Trains the classifier of machine faults: from labelled telemetry to a model file. The features
 * are part of the model's graph, and training reads them from ONNX Runtime, so that training and
 * serving see the same numbers. The same data and options give the same bytes on the same kind of
 * CPU. Immutable.
 *
 * @param seed for the order of the examples
 * @param version of the model
 * @param epochs how often training passes over the data
 * @param labels in the order of the output, the healthy one first
 * @param thresholds where an answer becomes a doubt, for the model's contract
 */
public record VibrationTraining(
    long seed, String version, int epochs, List<String> labels, Thresholds thresholds) {

  /** The model's name. */
  public static final String NAME = "vibration-faults";

  /** What can be wrong with a machine, after what it is called when nothing is. */
  public static final List<String> LABELS =
      List.of("normal", "unbalance", "misalignment", "bearing-outer", "bearing-inner");

  private static final List<String> CHANNELS =
      List.of("radial acceleration (g)", "axial acceleration (g)", "shaft speed (Hz)");
  private static final String INPUT = "readings";
  private static final String OUTPUT = "scores";
  private static final float LOW_CONFIDENCE = 0.6f;
  private static final int EPOCHS = 20;

  public VibrationTraining {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be 1 or more, not " + epochs);
    }
    labels = List.copyOf(labels);
  }

  /** With the doubts of the model in {@code models/vibration}. */
  public VibrationTraining(long seed, String version, int epochs, List<String> labels) {
    this(seed, version, epochs, labels, new Thresholds(LOW_CONFIDENCE, null));
  }

  /** The settings with which the model in {@code models/vibration} is trained. */
  public static VibrationTraining standard(long seed) {
    return new VibrationTraining(seed, "1.0.0", EPOCHS, LABELS);
  }

  /** The same, to tell other conditions apart and to doubt otherwise. */
  public VibrationTraining with(List<String> otherLabels, Thresholds otherThresholds) {
    return new VibrationTraining(seed, version, epochs, otherLabels, otherThresholds);
  }

  /** The same for another version. */
  public VibrationTraining withVersion(String other) {
    return new VibrationTraining(seed, other, epochs, labels, thresholds);
  }

  /**
   * Trains on the first data and judges by the second. Throws {@link TrainingDataException} where
   * the data has the wrong shape, lacks a class, or both sets have devices in common.
   */
  public TrainedClassifier train(
      Iterable<Telemetry> training, Iterable<Telemetry> heldOut, Progress progress) {
    FeatureTable table = features(training, progress);
    requireEveryLabel(table);
    progress.report("training: logistic regression, " + epochs + " epochs");
    FaultClassifier classifier = FaultClassifier.train(table, labels, epochs, seed);
    GraphProto graph = graph(classifier);
    byte[] model = ModelFile.withContract(graph, contract(graph, table));
    FeatureTable judged;
    try (GraphSession session = session(model)) {
      judged = read(heldOut, session, "held-out data", progress);
      requireOtherDevices(table, judged);
    }
    RmsThreshold baseline = RmsThreshold.fit(table.loudness());
    Judgement judgement = Judgement.of(judged, labels, thresholds.lowConfidence(), baseline);
    return new TrainedClassifier(
        model, this, table.size(), table.devices(), judgement, microsPerWindow(model, table));
  }

  private FeatureTable features(Iterable<Telemetry> data, Progress progress) {
    Graph graph = newGraph();
    VibrationFeatures features = VibrationFeatures.on(graph);
    GraphProto built = graph.build(features.node(), "features", features.width());
    try (GraphSession session = session(ModelFile.withoutContract(built))) {
      return read(data, session, "training data", progress);
    }
  }

  private FeatureTable read(
      Iterable<Telemetry> data, GraphSession session, String what, Progress progress) {
    return FeatureTable.read(
        data, session, labels, VibrationFeatures.CHANNELS, VibrationFeatures.STEPS, what, progress);
  }

  private GraphProto graph(FaultClassifier classifier) {
    Graph graph = newGraph();
    ONNXRef<?> features = VibrationFeatures.on(graph).node();
    return graph.build(classifier.on(graph, features), OUTPUT, labels.size());
  }

  private ModelContract contract(GraphProto graph, FeatureTable table) {
    List<GoldenSample> golden = new ArrayList<>();
    try (GraphSession session = session(ModelFile.withoutContract(graph))) {
      for (float[] example : table.examples()) {
        golden.add(new GoldenSample(boxed(example), boxed(session.run(List.of(example))[0])));
      }
    }
    return new ModelContract(
        NAME,
        version,
        "vibration",
        Task.CLASSIFY,
        new ReadingsInput(
            INPUT, CHANNELS, VibrationFeatures.STEPS, (float) VibrationFeatures.SAMPLE_RATE_HZ),
        new Output(OUTPUT),
        labels,
        thresholds,
        golden);
  }

  /** The median over batches of 64, on one thread. */
  private static double microsPerWindow(byte[] model, FeatureTable table) {
    List<float[]> batch =
        IntStream.range(0, 64)
            .mapToObj(i -> table.examples().get(i % table.examples().size()))
            .toList();
    long[] nanos = new long[60];
    try (GraphSession session = session(model)) {
      for (int run = 0; run < nanos.length; run++) {
        long start = System.nanoTime();
        session.run(batch);
        nanos[run] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    return nanos[nanos.length / 2] / 1e3 / batch.size();
  }

  private void requireEveryLabel(FeatureTable table) {
    for (int label = 0; label < labels.size(); label++) {
      if (table.examples().get(label).length == 0) {
        throw new TrainingDataException(
            "The training data has no window with the label " + labels.get(label) + ".");
      }
    }
  }

  private static void requireOtherDevices(FeatureTable training, FeatureTable heldOut) {
    if (heldOut.size() == 0) {
      throw new TrainingDataException("The held-out data has no windows.");
    }
    int shared = heldOut.devicesSharedWith(training);
    if (shared > 0) {
      throw new TrainingDataException(
          shared
              + " devices of the held-out data are also in the training data: it would judge"
              + " what was learnt by heart.");
    }
  }

  private static Graph newGraph() {
    return new Graph(NAME, INPUT, VibrationFeatures.CHANNELS, VibrationFeatures.STEPS);
  }

  private static GraphSession session(byte[] model) {
    return new GraphSession(model, INPUT, VibrationFeatures.CHANNELS, VibrationFeatures.STEPS);
  }

  private static List<Float> boxed(float[] values) {
    return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
  }
}
