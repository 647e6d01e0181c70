package dev.skerry.inference.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.OnnxFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a model file says of itself. Immutable.
 *
 * @param file where it lies
 * @param header what stands beside the graph
 * @param inputs the graph's inputs, each with its type and shape
 * @param outputs the graph's outputs, each with its type and shape
 * @param contract empty where there is none that could be served
 * @param problem why there is none, in one sentence
 */
public record ModelDescription(
    Path file,
    OnnxFile header,
    List<String> inputs,
    List<String> outputs,
    Optional<ModelContract> contract,
    Optional<String> problem) {

  private static final int MAX_METADATA_CHARACTERS = 100;

  /** Reads a file; throws {@link InvalidModelException} for one that is no ONNX model. */
  public static ModelDescription of(Path file) {
    OnnxFile header = ModelLoader.header(file);
    Optional<ModelContract> contract = Optional.empty();
    Optional<String> problem = Optional.empty();
    try {
      contract = Optional.of(ModelLoader.contract(header));
    } catch (IllegalArgumentException | InvalidModelException e) {
      problem = Optional.of(String.valueOf(e.getMessage()));
    }
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      try (OrtSession session =
          OrtEnvironment.getEnvironment().createSession(file.toString(), options)) {
        return new ModelDescription(
            file,
            header,
            tensors(session.getInputInfo().values()),
            tensors(session.getOutputInfo().values()),
            contract,
            problem);
      }
    } catch (OrtException e) {
      throw new InvalidModelException(
          "The model " + file + " is no ONNX model that can be run: " + e.getMessage(), e);
    }
  }

  private static List<String> tensors(Collection<NodeInfo> nodes) {
    return nodes.stream().map(ModelDescription::tensor).toList();
  }

  private static String tensor(NodeInfo node) {
    return node.getInfo() instanceof TensorInfo tensor
        ? node.getName()
            + " "
            + tensor.type.toString().toLowerCase(Locale.ROOT)
            + " "
            + Arrays.toString(tensor.getShape()).replace("-1", "any")
        : node.getName() + " " + node.getInfo();
  }

  /** All of it, line by line. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    add(lines, "file", file + ", " + header.sizeBytes() + " bytes");
    add(lines, "sha256", header.sha256());
    add(lines, "onnx", "IR " + header.irVersion() + ", opset " + opsets());
    add(lines, "written by", header.producer());
    inputs.forEach(input -> add(lines, "input", input));
    outputs.forEach(output -> add(lines, "output", output));
    contract.ifPresentOrElse(
        value -> ContractText.of(value).forEach((name, text) -> add(lines, name, text)),
        () -> add(lines, "contract", "none that could be served: " + problem.orElse("unknown")));
    SortedMap<String, String> others = new TreeMap<>(header.metadata());
    others.remove(ModelContract.METADATA_KEY);
    others.forEach((key, value) -> add(lines, "metadata", key + " = " + shorten(value)));
    return lines;
  }

  private String opsets() {
    return header.opsets().entrySet().stream()
        .map(ModelDescription::opset)
        .collect(Collectors.joining(", "));
  }

  private static String opset(Map.Entry<String, Long> set) {
    return set.getKey().isEmpty() ? "" + set.getValue() : set.getKey() + " " + set.getValue();
  }

  private static String shorten(String text) {
    return text.length() <= MAX_METADATA_CHARACTERS
        ? text
        : text.substring(0, MAX_METADATA_CHARACTERS) + "... (" + text.length() + " characters)";
  }

  private static void add(List<String> lines, String name, String text) {
    if (!text.isEmpty()) {
      lines.add("%-13s%s".formatted(name, text));
    }
  }
}
