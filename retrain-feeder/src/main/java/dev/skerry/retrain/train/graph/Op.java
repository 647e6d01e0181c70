package dev.skerry.retrain.train.graph;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tribuo.util.onnx.ONNXAttribute;
import org.tribuo.util.onnx.ONNXOperator;

/**
 * An operator of the ONNX standard that Tribuo's own list does not have.
 *
 * @param name as in the standard, for example {@code MatMul}
 * @param attributes the attributes that it takes, by name
 */
record Op(String name, Map<String, ONNXAttribute> attributes) implements ONNXOperator {

  /** The operator set of everything in the graph, Tribuo's part included. */
  static final int OPSET = 13;

  static Op plain(String name) {
    return new Op(name, Map.of());
  }

  Op with(String attribute, AttributeType type) {
    Map<String, ONNXAttribute> more = new TreeMap<>(attributes);
    more.put(attribute, new ONNXAttribute(attribute, type, false));
    return new Op(name, more);
  }

  @Override
  public String getOpName() {
    return name;
  }

  @Override
  public int getNumInputs() {
    return ONNXAttribute.VARIADIC_INPUT;
  }

  @Override
  public int getNumOptionalInputs() {
    return 0;
  }

  @Override
  public int getNumOutputs() {
    return 1;
  }

  @Override
  public Map<String, ONNXAttribute> getAttributes() {
    return attributes;
  }

  @Override
  public Set<String> getMandatoryAttributeNames() {
    return Set.of();
  }

  @Override
  public int getOpVersion() {
    return OPSET;
  }

  @Override
  public String getOpDomain() {
    return "";
  }
}
