package dev.skerry.bench.workload;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtException;
import dev.skerry.schemas.model.ModelContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A {@link NetworkShape} with weights from a seed as an ONNX file that carries its contract. */
final class NetworkFile {

  static final String INPUT = "readings";
  static final String OUTPUT = "scores";

  private static final int OPSET = 13;
  private static final int IR_VERSION = 7;
  private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();

  private final NetworkShape shape;
  private final Random random;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("bench");

  private NetworkFile(NetworkShape shape, long seed) {
    this.shape = shape;
    this.random = new Random(seed);
  }

  static Path write(NetworkShape shape, long seed, Path directory) {
    return write(shape, "1.0.0", seed, directory.resolve(shape.stream() + ".onnx"));
  }

  static Path write(NetworkShape shape, String version, long seed, Path file) {
    try {
      byte[] bare = new NetworkFile(shape, seed).model();
      ModelProto.Builder model = ModelProto.parseFrom(bare).toBuilder();
      model.addMetadataProps(
          StringStringEntryProto.newBuilder()
              .setKey(ModelContract.METADATA_KEY)
              .setValue(BenchContract.json(shape, version, bare, seed)));
      return Files.write(file, model.build().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OrtException e) {
      throw new IllegalStateException("The model of " + shape + " cannot be run", e);
    }
  }

  private byte[] model() {
    graph.addInput(floats(INPUT, shape.channels(), shape.steps()));
    graph.addOutput(floats(OUTPUT, shape.labels()));
    node("Flatten", "x0", 1, INPUT);
    int width = shape.width();
    int layer = 0;
    for (int next : shape.hidden()) {
      dense(layer, "x" + layer, "h" + layer, width, next);
      node("Relu", "x" + (layer + 1), "h" + layer);
      width = next;
      layer++;
    }
    dense(layer, "x" + layer, "logits", width, shape.labels());
    node("Softmax", OUTPUT, 1, "logits");
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private void dense(int layer, String from, String to, int width, int next) {
    constant("w" + layer, Math.sqrt(2.0 / width), width, next);
    constant("b" + layer, 0.1, next);
    node("Gemm", to, from, "w" + layer, "b" + layer);
  }

  private void constant(String name, double scale, int... dimensions) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
    int count = 1;
    for (int dimension : dimensions) {
      tensor.addDims(dimension);
      count *= dimension;
    }
    for (int i = 0; i < count; i++) {
      tensor.addFloatData((float) (random.nextGaussian() * scale));
    }
    graph.addInitializer(tensor);
  }

  private void node(String operator, String output, int axis, String input) {
    node(operator, output, input);
    graph
        .getNodeBuilder(graph.getNodeCount() - 1)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("axis")
                .setType(AttributeProto.AttributeType.INT)
                .setI(axis));
  }

  private void node(String operator, String output, String... inputs) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).addOutput(output);
    for (String input : inputs) {
      node.addInput(input);
    }
    graph.addNode(node);
  }

  private static ValueInfoProto floats(String name, int... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("batch");
    for (int dimension : dimensions) {
      shape.addDimBuilder().setDimValue(dimension);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape)))
        .build();
  }
}
