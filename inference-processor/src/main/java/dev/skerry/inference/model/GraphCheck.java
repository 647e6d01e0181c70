package dev.skerry.inference.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.FrameInput.Element;
import dev.skerry.schemas.model.Input;
import dev.skerry.schemas.model.ModelContract;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;

/** Whether a graph takes and gives what its contract says. */
final class GraphCheck {

  private static final long ANY = -1;

  private GraphCheck() {}

  /** Throws {@link InvalidModelException} that names the tensor and both of its shapes. */
  static void require(OrtSession session, ModelContract contract) throws OrtException {
    Input input = contract.input();
    Map<String, NodeInfo> inputs = session.getInputInfo();
    requireTensor("input", input.name(), inputs, elementType(input), input.shape());
    if (inputs.size() > 1) {
      throw new InvalidModelException(
          "the graph wants the inputs %s, and the contract names only %s"
              .formatted(inputs.keySet(), input.name()));
    }
    requireTensor(
        "output",
        contract.output().name(),
        session.getOutputInfo(),
        OnnxJavaType.FLOAT,
        contract.outputShape());
  }

  static OnnxJavaType elementType(Input input) {
    boolean bytes = input instanceof FrameInput frame && frame.element() == Element.UINT8;
    return bytes ? OnnxJavaType.UINT8 : OnnxJavaType.FLOAT;
  }

  private static void requireTensor(
      String kind, String name, Map<String, NodeInfo> nodes, OnnxJavaType type, long[] row) {
    NodeInfo node = nodes.get(name);
    if (node == null) {
      throw new InvalidModelException(
          "the contract's %s.name is %s, and the graph has %s"
              .formatted(kind, name, nodes.keySet()));
    }
    if (!(node.getInfo() instanceof TensorInfo tensor) || tensor.type != type) {
      throw new InvalidModelException(
          "the graph's %s %s must be a tensor of %s, and is %s"
                  .formatted(kind, name, type, describe(node.getInfo()))
              + others(kind, nodes));
    }
    long[] expected = LongStream.concat(LongStream.of(ANY), LongStream.of(row)).toArray();
    long[] actual = tensor.getShape();
    if (!matches(actual, expected)) {
      throw new InvalidModelException(
          "the graph's %s %s has the shape %s, and the contract asks for %s (-1 is any number; the"
                  .formatted(kind, name, Arrays.toString(actual), Arrays.toString(expected))
              + " first dimension is the batch and must be free)"
              + others(kind, nodes));
    }
  }

  /** One output is read: a head that gives boxes and scores apart has to join them. */
  private static String others(String kind, Map<String, NodeInfo> nodes) {
    return nodes.size() > 1
        ? "; the graph's %ss are %s, of which the contract names one"
            .formatted(kind, nodes.keySet())
        : "";
  }

  private static String describe(ValueInfo info) {
    return info instanceof TensorInfo tensor ? "one of " + tensor.type : info.toString();
  }

  private static boolean matches(long[] actual, long[] expected) {
    if (actual.length != expected.length || actual[0] > 0) {
      return false;
    }
    for (int i = 1; i < actual.length; i++) {
      if (actual[i] > 0 && actual[i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
