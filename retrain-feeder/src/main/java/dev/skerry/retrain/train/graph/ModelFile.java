package dev.skerry.retrain.train.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Reference;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The bytes of an .onnx file. They depend on the graph and the contract alone: no time, no host, no
 * provenance.
 */
public final class ModelFile {

  private static final int IR_VERSION = 7;

  private ModelFile() {}

  /** A graph that only runs inside training: it has no contract. */
  public static byte[] withoutContract(GraphProto graph) {
    return bytes(model(graph).build());
  }

  /** A model that can be served. */
  public static byte[] withContract(GraphProto graph, ModelContract contract) {
    ModelProto.Builder model = model(graph);
    model.setDomain("dev.skerry").setDocString(contract.name() + " " + contract.version());
    model.addMetadataProps(
        StringStringEntryProto.newBuilder()
            .setKey(ModelContract.METADATA_KEY)
            .setValue(contract.toJson()));
    return bytes(model.build());
  }

  /** The contract in a file's bytes. */
  public static ModelContract contract(byte[] model) {
    try {
      return ModelProto.parseFrom(model).getMetadataPropsList().stream()
          .filter(entry -> entry.getKey().equals(ModelContract.METADATA_KEY))
          .map(entry -> ModelContract.fromJson(entry.getValue()))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("The model has no contract."));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("This is no ONNX file: " + e.getMessage(), e);
    }
  }

  /** The same model with a reference in its contract. */
  public static byte[] withReference(byte[] model, Reference reference) {
    return withContract(model, contract(model).withReference(reference));
  }

  /** The same graph under another contract. */
  public static byte[] withContract(byte[] model, ModelContract contract) {
    try {
      ModelProto.Builder changed = ModelProto.parseFrom(model).toBuilder();
      changed
          .getMetadataPropsBuilderList()
          .forEach(
              entry -> {
                if (entry.getKey().equals(ModelContract.METADATA_KEY)) {
                  entry.setValue(contract.toJson());
                }
              });
      return bytes(changed.build());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("This is no ONNX file: " + e.getMessage(), e);
    }
  }

  private static ModelProto.Builder model(GraphProto graph) {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("skerry")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(Op.OPSET))
        .setGraph(graph);
  }

  private static byte[] bytes(ModelProto model) {
    byte[] bytes = new byte[model.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      model.writeTo(out);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return bytes;
  }
}
