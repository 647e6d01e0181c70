package dev.skerry.inference.testing;

import static dev.skerry.inference.testing.OnnxGraph.ANY;
import static dev.skerry.inference.testing.OnnxGraph.attribute;
import static dev.skerry.inference.testing.OnnxGraph.attributes;

import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Task;
import dev.skerry.schemas.model.Thresholds;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Anomaly models of 2 channels x 8 steps that break their contract in one way. */
public final class ContractModels {

  private String inputName = TestModels.INPUT;
  private String outputName = "score";
  private long[] inputShape = {ANY, 2, 8};
  private float goldenScore = 0.25f;

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
    return new OnnxGraph()
        .input(inputName, inputShape)
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
