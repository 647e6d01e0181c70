package dev.skerry.schemas.model;

import static dev.skerry.schemas.model.Rule.require;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a model says and is given where all is well: what drift is measured against. Immutable.
 *
 * @param scores of detections by their names, for some or all of them
 * @param inputs values of channels by their names, for some or all of them; only for readings
 */
public record Reference(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Distribution> scores,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Distribution> inputs) {

  /** The name of an anomaly model's one score. */
  public static final String ANOMALY_SCORE = "score";

  public Reference {
    requireDifferent(scores, "reference.scores");
    requireDifferent(inputs, "reference.inputs");
    scores = List.copyOf(scores);
    inputs = List.copyOf(inputs);
  }

  private static void requireDifferent(List<Distribution> distributions, String field) {
    long names = distributions.stream().map(Distribution::name).distinct().count();
    require(names == distributions.size(), field, "must have different names");
  }

  void requireFitting(Task task, Input input, List<String> labels, List<Quantity> quantities) {
    Set<String> scoreNames =
        switch (task) {
          case CLASSIFY, DETECT -> new HashSet<>(labels);
          case ANOMALY -> Set.of(ANOMALY_SCORE);
          case REGRESS -> new HashSet<>(quantities.stream().map(Quantity::name).toList());
        };
    requireNamed(scores, scoreNames, "reference.scores");
    Set<String> channels =
        input instanceof ReadingsInput readings ? new HashSet<>(readings.channels()) : Set.of();
    requireNamed(inputs, channels, "reference.inputs");
  }

  private static void requireNamed(
      List<Distribution> distributions, Set<String> names, String field) {
    for (Distribution distribution : distributions) {
      require(
          names.contains(distribution.name()),
          field,
          "has %s, which is none of %s".formatted(distribution.name(), names));
    }
  }
}
