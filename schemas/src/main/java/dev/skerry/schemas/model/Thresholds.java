package dev.skerry.schemas.model;

import static dev.skerry.schemas.model.Rule.require;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer becomes an anomaly or a doubt. Telemetry of which there is any doubt becomes a
 * retraining candidate.
 *
 * @param lowConfidence below this confidence (0 to 1) there is doubt
 * @param anomaly at or above this score it is an anomaly; only, and always, for {@link
 *     Task#ANOMALY}
 * @param detection at or above this confidence (0 to 1) there is an object; only, and always, for
 *     {@link Task#DETECT}
 * @param margin below this distance of the two largest probabilities (0 to 1) there is doubt; only
 *     for {@link Task#CLASSIFY}
 * @param entropy above this entropy of the probabilities (0 to 1, where 1 is that of equal ones)
 *     there is doubt; only for {@link Task#CLASSIFY}
 * @param outOfRange whether there is doubt when any value lies outside {@link ReadingsInput#ranges}
 * @param auditShare the share (0 to 1) of all telemetry that becomes a candidate whatever the
 *     answer; which one does depends on its identity alone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Thresholds(
    @JsonProperty(required = true) float lowConfidence,
    @Nullable Float anomaly,
    @Nullable Float detection,
    @Nullable Float margin,
    @Nullable Float entropy,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean outOfRange,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        float auditShare) {

  public Thresholds {
    Rule.requireShare(lowConfidence, "thresholds.lowConfidence");
    require(
        anomaly == null || (anomaly > 0 && Float.isFinite(anomaly)),
        "thresholds.anomaly",
        "must be more than 0, not " + anomaly);
    require(
        detection == null || (detection > 0 && detection <= 1),
        "thresholds.detection",
        "must be more than 0 and at most 1, not " + detection);
    requireShareIfGiven(margin, "thresholds.margin");
    requireShareIfGiven(entropy, "thresholds.entropy");
    Rule.requireShare(auditShare, "thresholds.auditShare");
  }

  /** With no more doubts than a low confidence. */
  public Thresholds(float lowConfidence, @Nullable Float anomaly) {
    this(lowConfidence, anomaly, null, null, null, false, 0);
  }

  private static void requireShareIfGiven(@Nullable Float value, String field) {
    if (value != null) {
      Rule.requireShare(value, field);
    }
  }

  void requireFitting(Task task, Input input) {
    require(
        (anomaly != null) == (task == Task.ANOMALY),
        "thresholds.anomaly",
        "must be set for the task anomaly, and only for that");
    require(
        (detection != null) == (task == Task.DETECT),
        "thresholds.detection",
        "must be set for the task detect, and only for that");
    require(
        margin == null || task == Task.CLASSIFY,
        "thresholds.margin",
        "is only for the task classify");
    require(
        entropy == null || task == Task.CLASSIFY,
        "thresholds.entropy",
        "is only for the task classify");
    boolean hasRanges = input instanceof ReadingsInput readings && !readings.ranges().isEmpty();
    require(
        !outOfRange || hasRanges, "thresholds.outOfRange", "needs input.ranges of every channel");
  }
}
