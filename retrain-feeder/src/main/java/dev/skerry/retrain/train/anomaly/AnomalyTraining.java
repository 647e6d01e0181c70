package dev.skerry.retrain.train.anomaly;

import ai.onnx.proto.OnnxMl.GraphProto;
import dev.skerry.retrain.train.data.TrainingDataException;
import dev.skerry.retrain.train.data.Window;
import dev.skerry.retrain.train.graph.Graph;
import dev.skerry.retrain.train.graph.GraphSession;
import dev.skerry.retrain.train.graph.ModelFile;
import dev.skerry.retrain.train.judge.ReferenceSample;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Output;
import dev.skerry.schemas.model.ReadingsInput;
import dev.skerry.schemas.model.Reference;
import dev.skerry.schemas.model.Task;
import dev.skerry.schemas.model.Thresholds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fits an anomaly model on readings that are taken for normal, whatever their channels are. The
 * same data and options give the same bytes on the same kind of CPU.
 */
public final class AnomalyTraining {

  /** Fewer windows do not say how they are distributed. */
  private static final int FEWEST_FOR_REFERENCE = 100;

  private static final String INPUT = "readings";
  private static final String OUTPUT = "score";
  private static final float LOW_CONFIDENCE = 0.6f;
  private static final int BATCH = 64;
  private static final int WINDOWS_PER_MODE = 10;

  private final AnomalyOptions options;
  private final NormalWindows windows;
  private final ChannelFeatures features;

  private AnomalyTraining(AnomalyOptions options, NormalWindows windows) {
    this.options = options;
    this.windows = windows;
    this.features = ChannelFeatures.fit(windows.fitting());
  }

  /**
   * Fits a model. Windows of a device come in the order of its time and may overlap. Throws {@link
   * TrainingDataException} for too few windows, windows of different shapes, and data that never
   * changes.
   */
  public static FittedAnomalyModel fit(Iterable<Telemetry> normal, AnomalyOptions options) {
    return new AnomalyTraining(options, NormalWindows.of(normal, options.firstWindows())).fit();
  }

  private FittedAnomalyModel fit() {
    List<String> names = channelNames();
    Graph featureGraph = newGraph();
    List<float[]> rows =
        run(
            featureGraph.build(features.on(featureGraph), "features", features.width()),
            windows.fitting());
    int modes = Math.max(1, Math.min(options.modes(), windows.fitting().size() / WINDOWS_PER_MODE));
    OperatingModes operatingModes = OperatingModes.fit(rows, modes, options.seed());
    Graph graph = newGraph();
    GraphProto built = graph.build(operatingModes.on(graph, features.on(graph)), OUTPUT, 1);
    List<float[]> heldBackScores = run(built, windows.heldBack());
    float threshold = threshold(heldBackScores);
    ModelContract contract = contract(built, names, threshold);
    if (heldBackScores.size() >= FEWEST_FOR_REFERENCE) {
      contract = contract.withReference(reference(names, heldBackScores));
    }
    byte[] model = ModelFile.withContract(built, contract);
    return new FittedAnomalyModel(
        model,
        threshold,
        windows.fitting().size(),
        windows.heldBack().size(),
        windows.constantChannels().stream().map(names::get).toList(),
        RmsLimits.fit(windows.fitting()));
  }

  /** Of normal windows that the fit has not seen. */
  private Reference reference(List<String> names, List<float[]> heldBackScores) {
    ReferenceSample sample = new ReferenceSample(List.of(Reference.ANOMALY_SCORE), names);
    for (int i = 0; i < heldBackScores.size(); i++) {
      sample.add(windows.heldBack().get(i), heldBackScores.get(i));
    }
    return sample.toReference();
  }

  /** The quantile of what normal windows score that the fit has not seen, times the margin. */
  private float threshold(List<float[]> heldBackScores) {
    double[] sorted = heldBackScores.stream().mapToDouble(score -> score[0]).sorted().toArray();
    int index = (int) Math.ceil(options.quantile() * sorted.length) - 1;
    return (float) Math.max(1e-3, options.margin() * sorted[Math.max(0, index)]);
  }

  private ModelContract contract(GraphProto graph, List<String> names, float threshold) {
    List<Window> examples = List.of(windows.fitting().get(0), windows.heldBack().get(0));
    List<GoldenSample> golden = new ArrayList<>();
    for (Window example : examples) {
      float[] score = run(graph, List.of(example)).get(0);
      golden.add(new GoldenSample(boxed(example.values()), boxed(score)));
    }
    return new ModelContract(
        options.name(),
        options.version(),
        options.stream(),
        Task.ANOMALY,
        new ReadingsInput(INPUT, names, windows.steps(), windows.sampleRateHz()),
        new Output(OUTPUT),
        List.of(ModelContract.NORMAL, ModelContract.ANOMALY),
        new Thresholds(LOW_CONFIDENCE, threshold),
        golden);
  }

  private List<String> channelNames() {
    if (options.channels().isEmpty()) {
      return IntStream.rangeClosed(1, windows.channels()).mapToObj(n -> "channel " + n).toList();
    }
    if (options.channels().size() != windows.channels()) {
      throw new TrainingDataException(
          "There are %d names for %d channels: %s"
              .formatted(options.channels().size(), windows.channels(), options.channels()));
    }
    return options.channels();
  }

  private List<float[]> run(GraphProto graph, List<Window> input) {
    List<float[]> results = new ArrayList<>(input.size());
    try (GraphSession session =
        new GraphSession(
            ModelFile.withoutContract(graph), INPUT, windows.channels(), windows.steps())) {
      for (int start = 0; start < input.size(); start += BATCH) {
        List<Window> batch = input.subList(start, Math.min(input.size(), start + BATCH));
        results.addAll(Arrays.asList(session.run(batch.stream().map(Window::values).toList())));
      }
    }
    return results;
  }

  private Graph newGraph() {
    return new Graph(options.name(), INPUT, windows.channels(), windows.steps());
  }

  private static List<Float> boxed(float[] values) {
    return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
  }
}
