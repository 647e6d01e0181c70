package dev.skerry.inference.testing;

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
import dev.skerry.schemas.model.ModelContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An ONNX graph under construction. */
final class OnnxGraph {

  /** A dimension of any size. */
  static final long ANY = -1;

  private static final int OPSET = 13;
  private static final int IR_VERSION = 7;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");

  OnnxGraph input(String name, long... shape) {
    graph.addInput(floats(name, shape));
    return this;
  }

  OnnxGraph output(String name, long... shape) {
    graph.addOutput(floats(name, shape));
    return this;
  }

  OnnxGraph node(String operator, String output, String... inputs) {
    return node(operator, new AttributeProto[0], output, inputs);
  }

  OnnxGraph node(String operator, AttributeProto[] attributes, String output, String... inputs) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).addOutput(output);
    for (String input : inputs) {
      node.addInput(input);
    }
    for (AttributeProto attribute : attributes) {
      node.addAttribute(attribute);
    }
    graph.addNode(node);
    return this;
  }

  OnnxGraph constant(String name, float[] values, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
    return this;
  }

  /** A shape for Reshape; 0 keeps the dimension that is there. */
  OnnxGraph shape(String name, long... dimensions) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(dimensions.length);
    for (long dimension : dimensions) {
      tensor.addInt64Data(dimension);
    }
    graph.addInitializer(tensor);
    return this;
  }

  /** An input of bytes. */
  OnnxGraph byteInput(String name, long... shape) {
    graph.addInput(tensor(name, TensorProto.DataType.UINT8, shape));
    return this;
  }

  static AttributeProto[] attribute(String name, long value) {
    return new AttributeProto[] {
      AttributeProto.newBuilder()
          .setName(name)
          .setType(AttributeProto.AttributeType.INT)
          .setI(value)
          .build()
    };
  }

  static AttributeProto[] attributes(String name, long value, String listName, long... list) {
    AttributeProto.Builder more =
        AttributeProto.newBuilder().setName(listName).setType(AttributeProto.AttributeType.INTS);
    for (long item : list) {
      more.addInts(item);
    }
    return new AttributeProto[] {attribute(name, value)[0], more.build()};
  }

  void write(Path file) {
    write(file, null);
  }

  void write(Path file, @Nullable ModelContract contract) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .setGraph(graph);
    if (contract != null) {
      model.addMetadataProps(
          StringStringEntryProto.newBuilder()
              .setKey(ModelContract.METADATA_KEY)
              .setValue(contract.toJson()));
    }
    try {
      Files.write(file, model.build().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ValueInfoProto floats(String name, long... shape) {
    return tensor(name, TensorProto.DataType.FLOAT, shape);
  }

  private static ValueInfoProto tensor(String name, TensorProto.DataType type, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long size : shape) {
      TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
      dimensions.addDim(size == ANY ? dimension.setDimParam("n") : dimension.setDimValue(size));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(dimensions)))
        .build();
  }
}
