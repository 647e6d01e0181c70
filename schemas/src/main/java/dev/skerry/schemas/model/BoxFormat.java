package dev.skerry.schemas.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How boxes are written in the output of a model that finds objects. Each anchor has four
 * coordinates, then an objectness if there is one, then a score for each label.
 *
 * @param layout which dimension comes first after the batch
 * @param anchors how many boxes the model proposes for each frame, 1 and up
 * @param objectness whether each anchor has one, by which its class scores are multiplied
 * @param format what the four coordinates are
 * @param coordinates what they are measured in
 * @param nmsIou above this overlap (intersection over union, more than 0, to 1) the less confident
 *     of two boxes is dropped
 * @param acrossLabels whether boxes of different labels drop each other too
 * @param maxBoxes the most boxes in one answer, the most confident ones, 1 to 1000
 */
public record BoxFormat(
    @JsonProperty(required = true) Layout layout,
    @JsonProperty(required = true) int anchors,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean objectness,
    @JsonProperty(required = true) Format format,
    @JsonProperty(required = true) Coordinates coordinates,
    @JsonProperty(required = true) float nmsIou,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean acrossLabels,
    @JsonProperty(required = true) int maxBoxes) {

  private static final int MAX_ANCHORS = 1 << 20;
  private static final int MAX_BOXES = 1000;
  private static final int COORDINATES = 4;

  /** The order of the output's dimensions. */
  public enum Layout {
    /** batch × attributes × anchors, as YOLOv8 and later export it. */
    @JsonProperty("attributes-first")
    ATTRIBUTES_FIRST,
    /** batch × anchors × attributes, as YOLOv5 exports it. */
    @JsonProperty("anchors-first")
    ANCHORS_FIRST
  }

  /** What the four coordinates are. */
  public enum Format {
    /** Centre x, centre y, width, height. */
    @JsonProperty("cxcywh")
    CXCYWH,
    /** Left, upper, right, lower edge. */
    @JsonProperty("xyxy")
    XYXY
  }

  /** What coordinates are measured in. */
  public enum Coordinates {
    /** Pixels of the model's input. */
    @JsonProperty("pixels")
    PIXELS,
    /** Shares of the model's input, 0 to 1. */
    @JsonProperty("shares")
    SHARES
  }

  public BoxFormat {
    Rule.requireBetween(anchors, 1, MAX_ANCHORS, "output.boxes.anchors");
    Rule.require(
        nmsIou > 0 && nmsIou <= 1,
        "output.boxes.nmsIou",
        "must be more than 0 and at most 1, not " + nmsIou);
    Rule.requireBetween(maxBoxes, 1, MAX_BOXES, "output.boxes.maxBoxes");
  }

  /** Numbers of each anchor. */
  public int attributes(int labelCount) {
    return COORDINATES + (objectness ? 1 : 0) + labelCount;
  }

  long[] shape(int labelCount) {
    int attributes = attributes(labelCount);
    return layout == Layout.ATTRIBUTES_FIRST
        ? new long[] {attributes, anchors}
        : new long[] {anchors, attributes};
  }
}
