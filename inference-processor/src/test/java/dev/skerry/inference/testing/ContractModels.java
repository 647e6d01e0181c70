package dev.skerry.inference.testing;

import static dev.skerry.inference.testing.OnnxGraph.ANY;
import static dev.skerry.inference.testing.OnnxGraph.attribute;
import static dev.skerry.inference.testing.OnnxGraph.attributes;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Task;
import dev.skerry.schemas.model.Thresholds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Anomaly models of 2 channels x 8 steps that break their contract in one way. */
public final class ContractModels {

  private String inputName = TestModels.INPUT;
  private String outputName = "score";
  private long[] inputShape = {ANY, 2, 8};
  private float goldenScore = 0.25f;
  private @Nullable String extraOutput;

  private ContractModels() {}

  public ContractModels inputName(String name) {
    inputName = name;
    return this;
  }

  public ContractModels outputName(String name) {
    outputName = name;
    return this;
  }

  public ContractModels inputShape(long... shape) {
    inputShape = shape;
    return this;
  }

  public ContractModels goldenScore(float score) {
    goldenScore = score;
    return this;
  }

  /** The graph gives this too, before what the contract names. */
  public ContractModels extraOutput(String name) {
    extraOutput = name;
    return this;
  }

  /** Puts another contract into a model file, whatever its graph does. */
  public static void replaceContract(Path file, ModelContract contract) {
    try {
      ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
      model
          .clearMetadataProps()
          .addMetadataProps(
              StringStringEntryProto.newBuilder()
                  .setKey(ModelContract.METADATA_KEY)
                  .setValue(contract.toJson()));
      Files.write(file, model.build().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the model with what the caller breaks. */
  public static void anomaly(Path file, Consumer<ContractModels> broken) {
    ContractModels model = new ContractModels();
    broken.accept(model);
    model.graph().write(file, model.contract());
  }

  /** Writes the model with no metadata. */
  public static void withoutContract(Path file) {
    new ContractModels().graph().write(file);
  }

  private OnnxGraph graph() {
    OnnxGraph graph = new OnnxGraph().input(inputName, inputShape);
    if (extraOutput != null) {
      graph
          .output(extraOutput, ANY, 16)
          .node("Flatten", attribute("axis", 1), extraOutput, inputName);
    }
    return graph
        .output(outputName, ANY, 1)
        .node("Flatten", attribute("axis", 1), "flat", inputName)
        .node("Mul", "square", "flat", "flat")
        .node("ReduceMean", attributes("keepdims", 1, "axes", 1), outputName, "square");
  }

  private ModelContract contract() {
    return TestModels.contract(
        "pump",
        Task.ANOMALY,
        2,
        8,
        List.of(ModelContract.NORMAL, ModelContract.ANOMALY),
        new Thresholds(0.6f, 1f),
        List.of(new GoldenSample(Collections.nCopies(16, 0.5f), List.of(goldenScore))));
  }
}
