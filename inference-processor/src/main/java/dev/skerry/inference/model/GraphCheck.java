package dev.skerry.inference.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.ReadingsInput;
import java.util.Arrays;
import java.util.Map;

/** Whether a graph takes and gives what its contract says. */
final class GraphCheck {

  private static final long ANY = -1;

  private GraphCheck() {}

  /** Throws {@link InvalidModelException} that names the tensor and both of its shapes. */
  static void require(OrtSession session, ModelContract contract) throws OrtException {
    ReadingsInput input = contract.readings();
    Map<String, NodeInfo> inputs = session.getInputInfo();
    requireTensor(
        "input", input.name(), inputs, new long[] {ANY, input.channels().size(), input.steps()});
    if (inputs.size() > 1) {
      throw new InvalidModelException(
          "the graph wants the inputs %s, and the contract names only %s"
              .formatted(inputs.keySet(), input.name()));
    }
    requireTensor(
        "output",
        contract.output().name(),
        session.getOutputInfo(),
        new long[] {ANY, contract.scoreCount()});
  }

  private static void requireTensor(
      String kind, String name, Map<String, NodeInfo> nodes, long[] expected) {
    NodeInfo node = nodes.get(name);
    if (node == null) {
      throw new InvalidModelException(
          "the contract's %s.name is %s, and the graph has %s"
              .formatted(kind, name, nodes.keySet()));
    }
    if (!(node.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
      throw new InvalidModelException(
          "the graph's %s %s must be a float tensor, and is %s"
              .formatted(kind, name, node.getInfo()));
    }
    long[] actual = tensor.getShape();
    if (!matches(actual, expected)) {
      throw new InvalidModelException(
          "the graph's %s %s has the shape %s, and the contract asks for %s (-1 is any number; the"
                  .formatted(kind, name, Arrays.toString(actual), Arrays.toString(expected))
              + " first dimension is the batch and must be free)");
    }
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
