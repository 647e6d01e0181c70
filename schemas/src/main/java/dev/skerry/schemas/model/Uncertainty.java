package dev.skerry.schemas.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a classifier's doubt becomes one number from 0 (sure) to 1. */
public enum Uncertainty {
  /** 1 - the probability of the label. */
  @JsonProperty("least-confidence")
  LEAST_CONFIDENCE,
  /** 1 - the distance between the two largest probabilities. */
  @JsonProperty("margin")
  MARGIN,
  /** The entropy of the probabilities, divided by that of equal ones. */
  @JsonProperty("entropy")
  ENTROPY
}
