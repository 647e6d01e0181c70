package dev.skerry.schemas.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What kind of answer a model gives. */
public enum Task {
  /** One probability for each label. */
  @JsonProperty("classify")
  CLASSIFY,
  /** One score, 0 and up; at or above the threshold it is an anomaly. */
  @JsonProperty("anomaly")
  ANOMALY,
  /** Estimates of named quantities. */
  @JsonProperty("regress")
  REGRESS,
  /** Objects of labelled classes in a frame, with their boxes. */
  @JsonProperty("detect")
  DETECT
}
