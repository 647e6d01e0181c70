package dev.skerry.schemas.model;

import static dev.skerry.schemas.model.Rule.require;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Values that a model knows of one channel, in the channel's unit.
 *
 * @param min the least
 * @param max the largest, not less than the least
 */
public record ValueRange(
    @JsonProperty(required = true) float min, @JsonProperty(required = true) float max) {

  public ValueRange {
    require(
        Float.isFinite(min) && Float.isFinite(max) && min <= max,
        "input.ranges",
        "must be from min to max, not from " + min + " to " + max);
  }
}
