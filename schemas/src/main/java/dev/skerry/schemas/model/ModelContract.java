package dev.skerry.schemas.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
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
 * @param labels the classes in the order of the output, at least two; {@code [normal, anomaly]} for
 *     {@link Task#ANOMALY}
 * @param thresholds where an answer becomes an anomaly or a doubt
 * @param golden inputs with the scores that every runtime must reproduce
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelContract(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) String version,
    @JsonProperty(required = true) String stream,
    @JsonProperty(required = true) Task task,
    @JsonProperty(required = true) Input input,
    @JsonProperty(required = true) Output output,
    @JsonProperty(required = true) List<String> labels,
    @JsonProperty(required = true) Thresholds thresholds,
    @JsonProperty(required = true) List<GoldenSample> golden) {

  /** The metadata key under which the contract stands in the .onnx file. */
  public static final String METADATA_KEY = "skerry.contract";

  /** The label of an answer below the anomaly threshold. */
  public static final String NORMAL = "normal";

  /** The label of an answer at or above the anomaly threshold. */
  public static final String ANOMALY = "anomaly";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  /** What kind of answer a model gives. */
  public enum Task {
    /** One probability for each label. */
    @JsonProperty("classify")
    CLASSIFY,
    /** One score, 0 and up; at or above the threshold it is an anomaly. */
    @JsonProperty("anomaly")
    ANOMALY
  }

  /**
   * A float tensor of shape batch × channels × steps, values as in {@code Readings.values}.
   *
   * @param name the tensor's name in the graph
   * @param channels what each channel is, with its unit
   * @param steps time steps in each channel, 1 and up
   * @param sampleRateHz steps per second that the model was trained on; 0 where it does not matter
   */
  public record Input(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) List<String> channels,
      @JsonProperty(required = true) int steps,
      @JsonProperty(required = true) float sampleRateHz) {

    public Input {
      require(!name.isBlank(), "input.name", "must not be empty");
      require(!channels.isEmpty(), "input.channels", "must name at least one channel");
      require(steps > 0, "input.steps", "must be 1 or more, not " + steps);
      require(sampleRateHz >= 0, "input.sampleRateHz", "must be 0 or more, not " + sampleRateHz);
      channels = List.copyOf(channels);
    }

    /** How many floats one record has: channels × steps. */
    public int width() {
      return Math.multiplyExact(channels.size(), steps);
    }
  }

  /**
   * A float tensor of shape batch × {@link ModelContract#scoreCount}.
   *
   * @param name the tensor's name in the graph
   */
  public record Output(@JsonProperty(required = true) String name) {
    public Output {
      require(!name.isBlank(), "output.name", "must not be empty");
    }
  }

  /**
   * Where an answer becomes an anomaly or a doubt.
   *
   * @param lowConfidence below this confidence (0 to 1) the telemetry becomes a retraining
   *     candidate
   * @param anomaly at or above this score it is an anomaly; only for {@link Task#ANOMALY}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Thresholds(
      @JsonProperty(required = true) float lowConfidence,
      @JsonProperty(required = false) @Nullable Float anomaly) {
    public Thresholds {
      require(
          lowConfidence >= 0 && lowConfidence <= 1,
          "thresholds.lowConfidence",
          "must be from 0 to 1, not " + lowConfidence);
      require(
          anomaly == null || (anomaly > 0 && Float.isFinite(anomaly)),
          "thresholds.anomaly",
          "must be more than 0, not " + anomaly);
    }
  }

  /**
   * An input with the scores that it must give.
   *
   * @param values as in {@code Readings.values}, {@link Input#width} floats
   * @param scores {@link ModelContract#scoreCount} floats
   */
  public record GoldenSample(
      @JsonProperty(required = true) List<Float> values,
      @JsonProperty(required = true) List<Float> scores) {
    public GoldenSample {
      values = List.copyOf(values);
      scores = List.copyOf(scores);
    }
  }

  public ModelContract {
    require(!name.isBlank(), "name", "must not be empty");
    require(!version.isBlank(), "version", "must not be empty");
    require(!stream.isBlank(), "stream", "must not be empty");
    require(labels.size() >= 2, "labels", "must have at least two");
    require(new HashSet<>(labels).size() == labels.size(), "labels", "must differ: " + labels);
    require(
        task != Task.ANOMALY || labels.equals(List.of(NORMAL, ANOMALY)),
        "labels",
        "must be [normal, anomaly] for the task anomaly, not " + labels);
    require(
        (task == Task.ANOMALY) == (thresholds.anomaly() != null),
        "thresholds.anomaly",
        "must be set for the task anomaly, and only for that");
    require(!golden.isEmpty(), "golden", "must have at least one sample");
    for (GoldenSample sample : golden) {
      require(
          sample.values().size() == input.width(),
          "golden.values",
          "must have " + input.width() + " values, not " + sample.values().size());
      int scoreCount = task == Task.ANOMALY ? 1 : labels.size();
      require(
          sample.scores().size() == scoreCount,
          "golden.scores",
          "must have " + scoreCount + " scores, not " + sample.scores().size());
    }
    labels = List.copyOf(labels);
    golden = List.copyOf(golden);
  }

  /** How many scores the model gives for one record. */
  public int scoreCount() {
    return task == Task.ANOMALY ? 1 : labels.size();
  }

  /** Reads a contract; throws {@link InvalidContractException} that names the field. */
  public static ModelContract fromJson(String json) {
    try {
      return JSON.readValue(json, ModelContract.class);
    } catch (ValueInstantiationException e) {
      if (e.getCause() instanceof InvalidContractException invalid) {
        throw invalid;
      }
      throw new InvalidContractException(METADATA_KEY + " cannot be read: " + firstLine(e));
    } catch (JsonProcessingException e) {
      throw new InvalidContractException(METADATA_KEY + " cannot be read: " + firstLine(e));
    }
  }

  /** The contract as JSON, with its fields always in the same order. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a valid contract is always JSON", e);
    }
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage();
  }

  private static void require(boolean holds, String field, String rule) {
    if (!holds) {
      throw new InvalidContractException(METADATA_KEY + ": " + field + " " + rule);
    }
  }
}
