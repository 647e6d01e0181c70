package dev.skerry.inference.testing;

import static dev.skerry.inference.testing.OnnxGraph.ANY;
import static dev.skerry.inference.testing.OnnxGraph.attribute;
import static dev.skerry.inference.testing.OnnxGraph.attributes;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Output;
import dev.skerry.schemas.model.ReadingsInput;
import dev.skerry.schemas.model.Task;
import dev.skerry.schemas.model.Thresholds;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Small models with real contracts, written as .onnx files. */
public final class TestModels {

  public static final String INPUT = "readings";

  private TestModels() {}

  /** A network with one hidden layer and random weights: flatten, dense, relu, dense, softmax. */
  public static ModelContract classifier(
      Path file, String stream, int channels, int steps, int hidden, int labelCount) {
    return classifier(file, stream, channels, steps, hidden, labelCount, 7);
  }

  /** The same with weights of another seed. */
  public static ModelContract classifier(
      Path file, String stream, int channels, int steps, int hidden, int labelCount, long seed) {
    return classifier(file, stream, channels, steps, hidden, labelCount, seed, graph -> "logits");
  }

  /**
   * The same with something between logits and scores.
   *
   * @param change adds nodes to a graph that has {@code flat} and {@code logits}, and names what
   *     the softmax is of
   */
  static ModelContract classifier(
      Path file,
      String stream,
      int channels,
      int steps,
      int hidden,
      int labelCount,
      long seed,
      Function<OnnxGraph, String> change) {
    List<String> labels = IntStream.range(0, labelCount).mapToObj(i -> "fault-" + i).toList();
    int width = channels * steps;
    Random random = new Random(seed);
    OnnxGraph graph =
        new OnnxGraph()
            .input(INPUT, ANY, channels, steps)
            .output("scores", ANY, labelCount)
            .constant("w1", gaussian(random, width * hidden, 1 / Math.sqrt(width)), width, hidden)
            .constant("b1", gaussian(random, hidden, 0.1), hidden)
            .constant("w2", gaussian(random, hidden * labelCount, 0.8), hidden, labelCount)
            .constant("b2", gaussian(random, labelCount, 0.1), labelCount)
            .node("Flatten", attribute("axis", 1), "flat", INPUT)
            .node("Gemm", "dense", "flat", "w1", "b1")
            .node("Relu", "active", "dense")
            .node("Gemm", "logits", "active", "w2", "b2");
    String changed = change.apply(graph);
    graph.node("Softmax", attribute("axis", 1), "scores", changed);
    return finish(
        graph, file, stream, Task.CLASSIFY, channels, steps, labels, new Thresholds(0.6f, null));
  }

  /** Scores a window by its mean square: an anomaly from 1 on. */
  public static ModelContract anomaly(Path file, String stream, int channels, int steps) {
    OnnxGraph graph =
        new OnnxGraph()
            .input(INPUT, ANY, channels, steps)
            .output("score", ANY, 1)
            .node("Flatten", attribute("axis", 1), "flat", INPUT)
            .node("Mul", "square", "flat", "flat")
            .node("ReduceMean", attributes("keepdims", 1, "axes", 1), "score", "square");
    return finish(
        graph,
        file,
        stream,
        Task.ANOMALY,
        channels,
        steps,
        List.of(ModelContract.NORMAL, ModelContract.ANOMALY),
        new Thresholds(0.6f, 1f));
  }

  /**
   * Looks its score up by the window's largest value, and throws on the whole batch where that is 5
   * or more. Golden samples are below 1.
   */
  public static ModelContract brittle(Path file, String stream, int channels, int steps) {
    OnnxGraph graph =
        new OnnxGraph()
            .input(INPUT, ANY, channels, steps)
            .output("score", ANY, 1)
            .constant("table", new float[] {0.1f, 0.2f, 0.4f, 0.8f, 1.6f}, 5)
            .node("Flatten", attribute("axis", 1), "flat", INPUT)
            .node("Abs", "size", "flat")
            .node("ReduceMax", attributes("keepdims", 1, "axes", 1), "largest", "size")
            .node("Cast", attribute("to", 7), "index", "largest")
            .node("Gather", attribute("axis", 0), "score", "table", "index");
    return finish(
        graph,
        file,
        stream,
        Task.ANOMALY,
        channels,
        steps,
        List.of(ModelContract.NORMAL, ModelContract.ANOMALY),
        new Thresholds(0.6f, 1f));
  }

  /** A contract with golden samples as they are given. */
  public static ModelContract contract(
      String stream,
      Task task,
      int channels,
      int steps,
      List<String> labels,
      Thresholds thresholds,
      List<GoldenSample> golden) {
    List<String> channelNames = IntStream.range(0, channels).mapToObj(i -> "c" + i).toList();
    return new ModelContract(
        "test-" + stream,
        "1.0.0",
        stream,
        task,
        new ReadingsInput(INPUT, channelNames, steps, 0),
        new Output(task == Task.ANOMALY ? "score" : "scores"),
        labels,
        thresholds,
        golden);
  }

  private static ModelContract finish(
      OnnxGraph graph,
      Path file,
      String stream,
      Task task,
      int channels,
      int steps,
      List<String> labels,
      Thresholds thresholds) {
    graph.write(file);
    List<GoldenSample> golden = golden(file, channels, steps);
    ModelContract contract = contract(stream, task, channels, steps, labels, thresholds, golden);
    graph.write(file, contract);
    return contract;
  }

  private static List<GoldenSample> golden(Path file, int channels, int steps) {
    Random random = new Random(11);
    List<GoldenSample> samples = new ArrayList<>();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString())) {
      for (int i = 0; i < 3; i++) {
        float[] values = new float[channels * steps];
        for (int v = 0; v < values.length; v++) {
          values[v] = random.nextFloat();
        }
        long[] shape = {1, channels, steps};
        try (OnnxTensor input =
                OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
            OrtSession.Result result = session.run(Map.of(INPUT, input))) {
          float[][] scores = (float[][]) result.get(0).getValue();
          samples.add(new GoldenSample(boxed(values), boxed(scores[0])));
        }
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
    return samples;
  }

  static float[] gaussian(Random random, int count, double scale) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return values;
  }

  /** The floats as a list. */
  public static List<Float> boxed(float... values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}
