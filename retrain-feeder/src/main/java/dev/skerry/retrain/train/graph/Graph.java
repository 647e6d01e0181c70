package dev.skerry.retrain.train.graph;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXRef;

/**
 * An ONNX graph while it is put together, operator by operator. It has one input, {@code batch ×
 * channels × steps}, and one output. The same calls give the same bytes. Used by one thread.
 */
public final class Graph {

  private static final Op REDUCE_MEAN =
      Op.plain("ReduceMean").with("axes", AttributeType.INTS).with("keepdims", AttributeType.INT);
  private static final Op REDUCE_MAX =
      Op.plain("ReduceMax").with("axes", AttributeType.INTS).with("keepdims", AttributeType.INT);
  private static final Op CONCAT = Op.plain("Concat").with("axis", AttributeType.INT);
  private static final Op GATHER = Op.plain("Gather").with("axis", AttributeType.INT);
  private static final Op CONV = Op.plain("Conv").with("strides", AttributeType.INTS);
  private static final Op TRANSPOSE = Op.plain("Transpose").with("perm", AttributeType.INTS);
  private static final Op SOFTMAX = Op.plain("Softmax").with("axis", AttributeType.INT);

  private final ONNXContext onnx = new ONNXContext();
  private final ONNXRef<?> input;
  private final String inputName;
  private final int channels;
  private final int steps;

  public Graph(String name, String inputName, int channels, int steps) {
    onnx.setName(name);
    this.inputName = inputName;
    this.channels = channels;
    this.steps = steps;
    this.input = onnx.floatInput(inputName, channels * steps);
  }

  /** The readings, {@code batch × channels × steps}. */
  public ONNXRef<?> input() {
    return input;
  }

  public ONNXRef<?> scalar(double value) {
    return onnx.constant("scalar", (float) value);
  }

  /** A constant of any shape, in row-major order. */
  public ONNXRef<?> constant(float[] values, Integer... shape) {
    return onnx.floatTensor("constant", Arrays.asList(shape), buffer -> buffer.put(values));
  }

  /** from, from + 1, … below the end, as floats; the file holds only the two ends. */
  public ONNXRef<?> range(int from, int endExclusive) {
    return apply(Op.plain("Range"), scalar(from), scalar(endExclusive), scalar(1));
  }

  public ONNXRef<?> add(ONNXRef<?> a, ONNXRef<?> b) {
    return apply(Op.plain("Add"), a, b);
  }

  public ONNXRef<?> subtract(ONNXRef<?> a, ONNXRef<?> b) {
    return apply(Op.plain("Sub"), a, b);
  }

  public ONNXRef<?> multiply(ONNXRef<?> a, ONNXRef<?> b) {
    return apply(Op.plain("Mul"), a, b);
  }

  public ONNXRef<?> divide(ONNXRef<?> a, ONNXRef<?> b) {
    return apply(Op.plain("Div"), a, b);
  }

  public ONNXRef<?> square(ONNXRef<?> a) {
    return multiply(a, a);
  }

  public ONNXRef<?> max(ONNXRef<?> a, ONNXRef<?> b) {
    return apply(Op.plain("Max"), a, b);
  }

  public ONNXRef<?> min(ONNXRef<?> a, ONNXRef<?> b) {
    return apply(Op.plain("Min"), a, b);
  }

  /** Element by element: Abs, Cos, Exp, Log, Neg, Relu, Sin, Sqrt and the like. */
  public ONNXRef<?> unary(String operator, ONNXRef<?> a) {
    return apply(Op.plain(operator), a);
  }

  /** The logarithm of a value that may be as small as 0. */
  public ONNXRef<?> logAbove(double floor, ONNXRef<?> a) {
    return unary("Log", add(a, scalar(floor)));
  }

  public ONNXRef<?> matMul(ONNXRef<?> a, ONNXRef<?> b) {
    return apply(Op.plain("MatMul"), a, b);
  }

  /** The mean along an axis, which stays with length 1. */
  public ONNXRef<?> mean(ONNXRef<?> a, int axis) {
    return apply(REDUCE_MEAN, attributes("axes", new int[] {axis}, "keepdims", 1), a);
  }

  /** The largest along an axis, which stays with length 1. */
  public ONNXRef<?> largest(ONNXRef<?> a, int axis) {
    return apply(REDUCE_MAX, attributes("axes", new int[] {axis}, "keepdims", 1), a);
  }

  public ONNXRef<?> softmax(ONNXRef<?> a, int axis) {
    return apply(SOFTMAX, attributes("axis", axis), a);
  }

  public ONNXRef<?> concat(int axis, List<? extends ONNXRef<?>> parts) {
    return onnx.operation(
        CONCAT, new ArrayList<ONNXRef<?>>(parts), "concat", attributes("axis", axis));
  }

  /** The given places along an axis, in the given order. */
  public ONNXRef<?> gather(ONNXRef<?> a, int axis, long... places) {
    return apply(GATHER, attributes("axis", axis), a, onnx.array("places", places));
  }

  /** Every one of a run of places along an axis. */
  public ONNXRef<?> slice(ONNXRef<?> a, int axis, long start, long endExclusive) {
    return apply(
        Op.plain("Slice"),
        a,
        onnx.array("start", new long[] {start}),
        onnx.array("end", new long[] {endExclusive}),
        onnx.array("axis", new long[] {axis}));
  }

  /** Convolution along the last axis, no padding; filters are {@code out × in × taps}. */
  public ONNXRef<?> convolve(ONNXRef<?> a, ONNXRef<?> filters, int stride) {
    return apply(CONV, attributes("strides", new int[] {stride}), a, filters);
  }

  /** Another shape of the same values; one length may be -1, and 0 keeps a length. */
  public ONNXRef<?> reshape(ONNXRef<?> a, long... shape) {
    return apply(Op.plain("Reshape"), a, onnx.array("shape", shape));
  }

  public ONNXRef<?> transpose(ONNXRef<?> a, int... order) {
    return apply(TRANSPOSE, attributes("perm", order), a);
  }

  /** Closes the graph with its output, {@code batch × width}. */
  public GraphProto build(ONNXRef<?> result, String outputName, int width) {
    onnx.assignTo(result, onnx.floatOutput(outputName, width));
    GraphProto.Builder graph = onnx.buildGraph().toBuilder();
    var shape = graph.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    shape.getDimBuilder(1).setDimValue(channels);
    shape.addDimBuilder().setDimValue(steps);
    if (!graph.getInput(0).getName().equals(inputName)) {
      throw new IllegalStateException("the input is called " + graph.getInput(0).getName());
    }
    return graph.build();
  }

  private ONNXNode apply(Op op, ONNXRef<?>... inputs) {
    return apply(op, Map.of(), inputs);
  }

  private ONNXNode apply(Op op, Map<String, Object> attributes, ONNXRef<?>... inputs) {
    return onnx.operation(op, Arrays.asList(inputs), op.name(), attributes);
  }

  /** Sorted, since they are written to the file in this order. */
  private static Map<String, Object> attributes(Object... namesAndValues) {
    Map<String, Object> attributes = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      attributes.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return attributes;
  }
}
