package dev.skerry.schemas.model;

import static dev.skerry.schemas.model.Rule.require;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model file says about itself: JSON in the ONNX metadata under {@link #METADATA_KEY}. It
 * validates itself: an instance is a contract that can be served. Immutable.
 *
 * @param name the model's name, for example {@code vibration-faults}
 * @param version the model's version, for example {@code 1.0.0}
 * @param stream the stream that the model answers
 * @param task what kind of answer it gives
 * @param input the tensor that it takes
 * @param output the tensor that it gives
 * @param labels the classes in the order of the output: at least two for {@link Task#CLASSIFY}, at
 *     least one for {@link Task#DETECT}; {@code [normal, anomaly]} for the others, which may leave
 *     them out
 * @param quantities what is estimated, in the order of the output; only, and always, for {@link
 *     Task#REGRESS}
 * @param thresholds where an answer becomes an anomaly or a doubt
 * @param uncertainty the measure that a detection carries; least confidence unless it is given, and
 *     nothing else but for {@link Task#CLASSIFY}
 * @param latencyTargetMillis how long a record may take from its append to its answer at the 99th
 *     percentile; null for no target
 * @param golden inputs with the answers that every runtime must reproduce
 * @param reference what drift is measured against; null where drift is not watched
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelContract(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) String version,
    @JsonProperty(required = true) String stream,
    @JsonProperty(required = true) Task task,
    @JsonProperty(required = true) Input input,
    @JsonProperty(required = true) Output output,
    List<String> labels,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Quantity> quantities,
    @JsonProperty(required = true) Thresholds thresholds,
    @Nullable Uncertainty uncertainty,
    @Nullable Float latencyTargetMillis,
    @JsonProperty(required = true) List<GoldenSample> golden,
    @Nullable Reference reference) {

  /** The metadata key under which the contract stands in the .onnx file. */
  public static final String METADATA_KEY = "skerry.contract";

  /** The label of an answer below the anomaly threshold, or within all limits. */
  public static final String NORMAL = "normal";

  /** The label of an answer at or above the anomaly threshold, or beyond a limit. */
  public static final String ANOMALY = "anomaly";

  /** The label of a frame in which no object was found. */
  public static final String NOTHING = "nothing";

  private static final List<String> NORMAL_OR_ANOMALY = List.of(NORMAL, ANOMALY);
  private static final int MAX_OUTPUT_ELEMENTS = 1 << 26;

  public ModelContract {
    Rule.requireText(name, "name");
    Rule.requireText(version, "version");
    Rule.requireText(stream, "stream");
    output.requireFitting(task);
    labels = labelsOf(task, labels);
    requireQuantities(task, quantities);
    thresholds.requireFitting(task, input);
    require(
        uncertainty == null || uncertainty == Uncertainty.LEAST_CONFIDENCE || task == Task.CLASSIFY,
        "uncertainty",
        "must be least-confidence but for the task classify");
    require(
        latencyTargetMillis == null
            || (latencyTargetMillis > 0 && Float.isFinite(latencyTargetMillis)),
        "latencyTargetMillis",
        "must be more than 0, not " + latencyTargetMillis);
    require(
        task != Task.DETECT || input instanceof FrameInput,
        "input.kind",
        "must be frame for the task detect");
    require(
        !output.reconstruction()
            || !(input instanceof FrameInput frame)
            || frame.element() == FrameInput.Element.FLOAT,
        "input.element",
        "must be float where the output is a reconstruction");
    quantities = List.copyOf(quantities);
    golden = List.copyOf(golden);
    requireModestOutput(task, input, output, labels, quantities);
    require(!golden.isEmpty(), "golden", "must have at least one sample");
    for (GoldenSample sample : golden) {
      sample.requireFitting(task, input, labels, scoreCount(task, labels, quantities));
    }
    if (reference != null) {
      reference.requireFitting(task, input, labels, quantities);
    }
  }

  /** With the parts that every model has. */
  public ModelContract(
      String name,
      String version,
      String stream,
      Task task,
      Input input,
      Output output,
      List<String> labels,
      Thresholds thresholds,
      List<GoldenSample> golden) {
    this(
        name,
        version,
        stream,
        task,
        input,
        output,
        labels,
        List.of(),
        thresholds,
        null,
        null,
        golden,
        null);
  }

  /** The same with something that drift is measured against. */
  public ModelContract withReference(Reference measuredAgainst) {
    return new ModelContract(
        name,
        version,
        stream,
        task,
        input,
        output,
        labels,
        quantities,
        thresholds,
        uncertainty,
        latencyTargetMillis,
        golden,
        measuredAgainst);
  }

  private static List<String> labelsOf(Task task, List<String> labels) {
    if (task == Task.ANOMALY || task == Task.REGRESS) {
      require(
          labels.isEmpty() || labels.equals(NORMAL_OR_ANOMALY),
          "labels",
          "must be [normal, anomaly] for this task, not " + labels);
      return NORMAL_OR_ANOMALY;
    }
    int least = task == Task.CLASSIFY ? 2 : 1;
    require(labels.size() >= least, "labels", "must have at least " + least);
    require(new HashSet<>(labels).size() == labels.size(), "labels", "must differ: " + labels);
    require(
        task != Task.DETECT || !labels.contains(NOTHING),
        "labels",
        "must not have " + NOTHING + ", which stands for a frame without objects");
    return List.copyOf(labels);
  }

  private static void requireQuantities(Task task, List<Quantity> quantities) {
    require(
        quantities.isEmpty() == (task != Task.REGRESS),
        "quantities",
        "must be there for the task regress, and only for that");
    long names = quantities.stream().map(Quantity::name).distinct().count();
    require(names == quantities.size(), "quantities.name", "must differ: " + quantities);
  }

  private static void requireModestOutput(
      Task task, Input input, Output output, List<String> labels, List<Quantity> quantities) {
    long elements = 1;
    for (long dimension : outputShape(task, input, output, labels, quantities)) {
      elements = Math.multiplyExact(elements, dimension);
    }
    Rule.requireBetween(elements, 1, MAX_OUTPUT_ELEMENTS, "output: the numbers of one record");
  }

  /** The input of a model of readings; throws {@link IllegalStateException} for any other. */
  public ReadingsInput readings() {
    if (input instanceof ReadingsInput readings) {
      return readings;
    }
    throw new IllegalStateException(name + " takes frames, not readings");
  }

  /** The measure that a detection carries. */
  public Uncertainty uncertaintyMeasure() {
    return uncertainty == null ? Uncertainty.LEAST_CONFIDENCE : uncertainty;
  }

  /** How many scores a detection has; of {@link Task#DETECT} the most that it can have. */
  public int scoreCount() {
    return scoreCount(task, labels, quantities);
  }

  private static int scoreCount(Task task, List<String> labels, List<Quantity> quantities) {
    return switch (task) {
      case CLASSIFY, DETECT -> labels.size();
      case ANOMALY -> 1;
      case REGRESS -> quantities.size();
    };
  }

  /** The shape of the output for one record, without the batch's dimension. */
  public long[] outputShape() {
    return outputShape(task, input, output, labels, quantities);
  }

  private static long[] outputShape(
      Task task, Input input, Output output, List<String> labels, List<Quantity> quantities) {
    if (output.reconstruction()) {
      return input.shape();
    }
    BoxFormat boxes = output.boxes();
    return boxes == null
        ? new long[] {scoreCount(task, labels, quantities)}
        : boxes.shape(labels.size());
  }

  /** How many floats the model gives for one record. */
  public int outputElements() {
    long elements = 1;
    for (long dimension : outputShape()) {
      elements *= dimension;
    }
    return (int) elements;
  }

  /** Reads a contract; throws {@link InvalidContractException} that names the field. */
  public static ModelContract fromJson(String json) {
    return ContractJson.read(json);
  }

  /** The contract as JSON, with its fields always in the same order, and without defaults. */
  public String toJson() {
    return ContractJson.write(this);
  }
}
