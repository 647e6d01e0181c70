package dev.skerry.inference.testing;

import static dev.skerry.inference.testing.OnnxGraph.ANY;
import static dev.skerry.inference.testing.OnnxGraph.attribute;

import dev.skerry.inference.model.OfflineScorer;
import dev.skerry.schemas.model.BoxFormat;
import dev.skerry.schemas.model.BoxFormat.Coordinates;
import dev.skerry.schemas.model.BoxFormat.Format;
import dev.skerry.schemas.model.BoxFormat.Layout;
import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.FrameInput.Colours;
import dev.skerry.schemas.model.FrameInput.Element;
import dev.skerry.schemas.model.FrameInput.Resize;
import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.GoldenSample.GoldenBox;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Normalisation;
import dev.skerry.schemas.model.Output;
import dev.skerry.schemas.model.Quantity;
import dev.skerry.schemas.model.ReadingsInput;
import dev.skerry.schemas.model.Task;
import dev.skerry.schemas.model.Thresholds;
import dev.skerry.schemas.model.Uncertainty;
import dev.skerry.schemas.model.ValueRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** A small model for each task, whose golden answers come from {@link OfflineScorer}. */
public final class TaskModels {

  public static final int CHANNELS = 2;
  public static final int STEPS = 4;
  public static final int FRAME_WIDTH = 12;
  public static final int FRAME_HEIGHT = 8;

  private static final int ANCHORS = 40;
  private static final int PATTERN = 5;
  private static final int WIDTH = CHANNELS * STEPS;
  private static final Normalisation STANDARD =
      Normalisation.standard(List.of(1f, -2f), List.of(0.5f, 4f));
  private static final List<ValueRange> RANGES =
      List.of(new ValueRange(-3, 3), new ValueRange(-3, 3));
  private static final Thresholds ALL_DOUBTS =
      new Thresholds(0.6f, null, null, 0.3f, 0.8f, true, 0.25f);

  private TaskModels() {}

  /** Three classes as logits, of standardised readings, with every kind of doubt. */
  public static ModelContract logits(Path file, String stream, Uncertainty measure) {
    OnnxGraph graph = dense(new OnnxGraph().input("x", ANY, CHANNELS, STEPS), WIDTH, 3);
    return finish(
        graph.output("y", ANY, 3).node("Identity", "y", "dense"),
        file,
        3,
        golden ->
            new ModelContract(
                "logits",
                "1",
                stream,
                Task.CLASSIFY,
                readings(STANDARD),
                Output.logits("y"),
                List.of("a", "b", "c"),
                List.of(),
                ALL_DOUBTS,
                measure,
                null,
                golden,
                null));
  }

  /** Gives back half of its standardised input. */
  public static ModelContract autoencoder(Path file, String stream) {
    OnnxGraph graph =
        new OnnxGraph()
            .input("x", ANY, CHANNELS, STEPS)
            .output("y", ANY, CHANNELS, STEPS)
            .constant("half", new float[] {0.5f}, 1)
            .node("Mul", "y", "x", "half");
    return finish(
        graph,
        file,
        1,
        golden ->
            new ModelContract(
                "autoencoder",
                "1",
                stream,
                Task.ANOMALY,
                readings(STANDARD),
                Output.reconstruction("y"),
                List.of(),
                new Thresholds(0.6f, 0.5f),
                golden));
  }

  /** Two quantities of readings brought to 0 to 1; the first may not fall below 0. */
  public static ModelContract regression(Path file, String stream) {
    OnnxGraph graph = dense(new OnnxGraph().input("x", ANY, CHANNELS, STEPS), WIDTH, 2);
    Normalisation range = Normalisation.minMax(List.of(-1f, -2f), List.of(1f, 2f));
    return finish(
        graph.output("y", ANY, 2).node("Identity", "y", "dense"),
        file,
        2,
        golden ->
            new ModelContract(
                "regression",
                "1",
                stream,
                Task.REGRESS,
                readings(range),
                new Output("y"),
                List.of(),
                List.of(new Quantity("life", "h", 0f, null), new Quantity("load", "", null, null)),
                new Thresholds(0.6f, null),
                null,
                null,
                golden,
                null));
  }

  private static ReadingsInput readings(Normalisation normalisation) {
    return new ReadingsInput("x", List.of("p", "q"), STEPS, 0, normalisation, RANGES);
  }

  private static OnnxGraph dense(OnnxGraph graph, int inputs, int outputs) {
    Random random = new Random(17);
    return graph
        .constant("w", TestModels.gaussian(random, inputs * outputs, 0.6), inputs, outputs)
        .constant("b", TestModels.gaussian(random, outputs, 0.4), outputs)
        .node("Flatten", attribute("axis", 1), "flat", "x")
        .node("Gemm", "dense", "flat", "w", "b");
  }

  /** What a detector's contract may say; the rest is the same for all. */
  public record DetectorKind(
      Layout layout, boolean objectness, boolean logits, Format format, Coordinates coordinates) {}

  /** Random boxes for two classes: 40 anchors over a letterboxed gray frame. */
  public static ModelContract detector(Path file, String stream, DetectorKind kind) {
    BoxFormat format =
        new BoxFormat(
            kind.layout(),
            ANCHORS,
            kind.objectness(),
            kind.format(),
            kind.coordinates(),
            0.3f,
            false,
            9);
    FrameInput input =
        new FrameInput(
            "x",
            FRAME_WIDTH,
            FRAME_HEIGHT,
            Colours.GRAY,
            FrameInput.Layout.NCHW,
            Element.FLOAT,
            Resize.LETTERBOX,
            null,
            null,
            List.of(),
            List.of());
    List<String> labels = List.of("scratch", "dent");
    int attributes = format.attributes(labels.size());
    boolean attributesFirst = kind.layout() == Layout.ATTRIBUTES_FIRST;
    long[] shape =
        attributesFirst ? new long[] {attributes, ANCHORS} : new long[] {ANCHORS, attributes};
    int width = attributes * ANCHORS;
    int weights = input.elements() * width;
    OnnxGraph graph =
        new OnnxGraph()
            .input("x", ANY, 1, FRAME_HEIGHT, FRAME_WIDTH)
            .output("y", ANY, shape[0], shape[1])
            .constant(
                "w", TestModels.gaussian(new Random(3), weights, 0.002), input.elements(), width)
            .constant("b", anchors(kind, attributes), width)
            .shape("rows", 0, shape[0], shape[1])
            .node("Flatten", attribute("axis", 1), "flat", "x")
            .node("Gemm", "dense", "flat", "w", "b")
            .node("Reshape", "y", "dense", "rows");
    ModelContract first = detector(stream, kind, input, format, labels, List.of());
    graph.write(file, first);
    try (OfflineScorer scorer = new OfflineScorer(file)) {
      float[] output = scorer.output(patternTensor(PATTERN));
      List<GoldenBox> boxes = NaiveBoxes.find(first, output, FRAME_WIDTH, FRAME_HEIGHT);
      ModelContract contract = detector(stream, kind, input, format, labels, boxes);
      graph.write(file, contract);
      return contract;
    }
  }

  private static ModelContract detector(
      String stream,
      DetectorKind kind,
      FrameInput input,
      BoxFormat format,
      List<String> labels,
      List<GoldenBox> boxes) {
    return new ModelContract(
        "detector",
        "1",
        stream,
        Task.DETECT,
        input,
        new Output("y", kind.logits(), false, format),
        labels,
        new Thresholds(0.6f, null, 0.4f, null, null, false, 0),
        List.of(new GoldenSample(List.of(), PATTERN, null, List.of(), boxes)));
  }

  /** Anchors in the order that the layout wants, which do not depend on the frame. */
  private static float[] anchors(DetectorKind kind, int attributes) {
    Random random = new Random(23);
    boolean shares = kind.coordinates() == Coordinates.SHARES;
    float[] numbers = new float[attributes * ANCHORS];
    for (int anchor = 0; anchor < ANCHORS; anchor++) {
      for (int attribute = 0; attribute < attributes; attribute++) {
        int at =
            kind.layout() == Layout.ATTRIBUTES_FIRST
                ? attribute * ANCHORS + anchor
                : anchor * attributes + attribute;
        numbers[at] = number(random, kind, attribute, shares);
      }
    }
    return numbers;
  }

  private static float number(Random random, DetectorKind kind, int attribute, boolean shares) {
    if (attribute >= 4) {
      return kind.logits() ? (float) random.nextGaussian() * 2 : random.nextFloat();
    }
    float extent = attribute % 2 == 0 ? FRAME_WIDTH : FRAME_HEIGHT;
    boolean second = attribute >= 2;
    float share =
        kind.format() == Format.XYXY && second
            ? 0.5f + random.nextFloat() * 0.6f
            : random.nextFloat() * 0.5f;
    return shares ? share : share * extent;
  }

  /** A pattern's frame as the detectors take it: luminances from 0 to 1. */
  private static float[] patternTensor(int pattern) {
    float[] tensor = new float[FRAME_WIDTH * FRAME_HEIGHT];
    for (int i = 0; i < tensor.length; i++) {
      int sum = 7 * (i % FRAME_WIDTH) + 13 * (i / FRAME_WIDTH) + pattern;
      double red = sum % 256;
      double green = (sum + 29) % 256;
      double blue = (sum + 58) % 256;
      tensor[i] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue) / 255f;
    }
    return tensor;
  }

  private static ModelContract finish(
      OnnxGraph graph,
      Path file,
      int scoreCount,
      Function<List<GoldenSample>, ModelContract> contract) {
    float[] values = TestModels.gaussian(new Random(11), WIDTH, 1);
    graph.write(file, contract.apply(golden(values, new float[scoreCount])));
    try (OfflineScorer scorer = new OfflineScorer(file)) {
      ModelContract finished = contract.apply(golden(values, scorer.score(values)));
      graph.write(file, finished);
      return finished;
    }
  }

  private static List<GoldenSample> golden(float[] values, float[] scores) {
    return List.of(new GoldenSample(TestModels.boxed(values), TestModels.boxed(scores)));
  }
}
