package dev.skerry.schemas.model;

import static dev.skerry.schemas.model.Rule.require;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The float tensor that a model gives, and what it stands for; {@link ModelContract#outputShape}
 * has its shape. Other outputs of the graph are not asked for.
 *
 * @param name the tensor's name in the graph
 * @param logits whether class scores are logits: they become probabilities by softmax for {@link
 *     Task#CLASSIFY} and by the logistic function for {@link Task#DETECT}
 * @param reconstruction whether it is the input as the model would have it, of which the mean
 *     squared error is the score; only for {@link Task#ANOMALY}
 * @param boxes how boxes are written in it; only, and always, for {@link Task#DETECT}
 */
public record Output(
    @JsonProperty(required = true) String name,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean logits,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean reconstruction,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BoxFormat boxes) {

  public Output {
    Rule.requireText(name, "output.name");
  }

  /** Scores that are probabilities, an anomaly's score or quantities. */
  public Output(String name) {
    this(name, false, false, null);
  }

  /** Class scores that softmax makes probabilities. */
  public static Output logits(String name) {
    return new Output(name, true, false, null);
  }

  /** The input as the model would have it. */
  public static Output reconstruction(String name) {
    return new Output(name, false, true, null);
  }

  /** Boxes with probabilities. */
  public static Output boxes(String name, BoxFormat format) {
    return new Output(name, false, false, format);
  }

  void requireFitting(Task task) {
    require(
        !logits || task == Task.CLASSIFY || task == Task.DETECT,
        "output.logits",
        "is only for the tasks classify and detect");
    require(
        !reconstruction || task == Task.ANOMALY,
        "output.reconstruction",
        "is only for the task anomaly");
    require(
        (boxes != null) == (task == Task.DETECT),
        "output.boxes",
        "must be set for the task detect, and only for that");
  }
}
