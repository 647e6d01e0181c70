package dev.skerry.schemas.model;

import static dev.skerry.schemas.model.Rule.require;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Something that a model estimates.
 *
 * @param name what it is; the estimate stands under it among a detection's scores
 * @param unit what it is measured in, empty for a plain number
 * @param min below it the answer is an anomaly; null for no such limit
 * @param max above it the answer is an anomaly; null for no such limit
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Quantity(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) String unit,
    @Nullable Float min,
    @Nullable Float max) {

  public Quantity {
    Rule.requireText(name, "quantities.name");
    require(
        (min == null || Float.isFinite(min)) && (max == null || Float.isFinite(max)),
        "quantities",
        "must have numbers as limits, not " + min + " and " + max + " for " + name);
    require(
        min == null || max == null || min <= max,
        "quantities.min",
        "must not be more than max, and " + min + " is more than " + max + " for " + name);
  }

  /** Whether an estimate keeps within the limits. */
  public boolean allows(float estimate) {
    return (min == null || estimate >= min) && (max == null || estimate <= max);
  }
}
