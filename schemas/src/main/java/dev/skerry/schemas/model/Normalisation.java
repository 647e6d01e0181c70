package dev.skerry.schemas.model;

import static dev.skerry.schemas.model.Rule.require;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done to the values of each channel before a model sees them: {@code (value - mean) /
 * std}, or {@code (value - min) / (max - min)}. One pair of lists is given, with an entry for each
 * channel.
 *
 * @param mean subtracted
 * @param std divided by, more than 0
 * @param min becomes 0
 * @param max becomes 1; more than the minimum
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Normalisation(
    @JsonProperty List<Float> mean,
    @JsonProperty List<Float> std,
    @JsonProperty List<Float> min,
    @JsonProperty List<Float> max) {

  private static final String FIELD = "input.normalise";

  public Normalisation {
    boolean standard = !mean.isEmpty() && min.isEmpty() && max.isEmpty();
    boolean range = !min.isEmpty() && mean.isEmpty() && std.isEmpty();
    require(standard || range, FIELD, "must have mean and std, or min and max");
    require(mean.size() == std.size(), FIELD, "must have as many std as mean");
    require(min.size() == max.size(), FIELD, "must have as many max as min");
    Rule.requireFinite(mean, FIELD + ".mean");
    Rule.requireFinite(std, FIELD + ".std");
    Rule.requireFinite(min, FIELD + ".min");
    Rule.requireFinite(max, FIELD + ".max");
    for (float deviation : std) {
      require(deviation > 0, FIELD + ".std", "must be more than 0, not " + deviation);
    }
    for (int i = 0; i < min.size(); i++) {
      require(
          max.get(i) > min.get(i),
          FIELD + ".max",
          "must be more than min, and " + max.get(i) + " is not more than " + min.get(i));
    }
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    min = List.copyOf(min);
    max = List.copyOf(max);
  }

  /** To mean 0 and standard deviation 1. */
  public static Normalisation standard(List<Float> mean, List<Float> std) {
    return new Normalisation(mean, std, List.of(), List.of());
  }

  /** To the range from 0 to 1. */
  public static Normalisation minMax(List<Float> min, List<Float> max) {
    return new Normalisation(List.of(), List.of(), min, max);
  }

  /** What is subtracted from each channel first. */
  public List<Float> shift() {
    return mean.isEmpty() ? min : mean;
  }

  /** What each channel is divided by then. */
  public List<Float> divisor() {
    if (min.isEmpty()) {
      return std;
    }
    List<Float> spans = new ArrayList<>();
    for (int i = 0; i < min.size(); i++) {
      spans.add(max.get(i) - min.get(i));
    }
    return spans;
  }
}
