package dev.skerry.schemas.model;

import static dev.skerry.schemas.model.Rule.require;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An input with the answer that it must give. The input is {@code values} for readings; for frames
 * it is {@code pattern} or {@code image}.
 *
 * @param values as in {@code Readings.values}, before any normalisation
 * @param pattern a frame of the input's own size whose byte at column x, row y and colour c (red 0,
 *     green 1, blue 2) is {@code (7 x + 13 y + 29 c + pattern) mod 256}
 * @param image a PNG or JPEG file in Base64; a PNG of the input's own size gives every runtime the
 *     same numbers, whatever its decoder and its resizing
 * @param scores what stands in a detection's scores: a probability for each label, one anomaly
 *     score, or a value for each quantity; empty for {@link Task#DETECT}
 * @param boxes the objects found, the most confident first; empty where there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GoldenSample(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Float> values,
    @Nullable Integer pattern,
    @JsonSetter(nulls = Nulls.SET) @Nullable String image,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Float> scores,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<GoldenBox> boxes) {

  /**
   * An object that is to be found.
   *
   * @param label its class
   * @param confidence 0 to 1
   * @param x left edge as a share of the frame's width
   * @param y upper edge as a share of the frame's height
   * @param width as a share of the frame's width
   * @param height as a share of the frame's height
   */
  public record GoldenBox(
      @JsonProperty(required = true) String label,
      @JsonProperty(required = true) float confidence,
      @JsonProperty(required = true) float x,
      @JsonProperty(required = true) float y,
      @JsonProperty(required = true) float width,
      @JsonProperty(required = true) float height) {}

  public GoldenSample {
    values = List.copyOf(values);
    scores = List.copyOf(scores);
    boxes = List.copyOf(boxes);
  }

  /** Readings and their scores. */
  public GoldenSample(List<Float> values, List<Float> scores) {
    this(values, null, null, scores, List.of());
  }

  /** The bytes of {@link #image}. */
  public byte[] imageBytes() {
    if (image == null) {
      throw new IllegalStateException("This golden sample has no image");
    }
    return Base64.getDecoder().decode(image);
  }

  /** One byte of a pattern's frame; the colours are red 0, green 1, blue 2. */
  public static int patternByte(int pattern, int x, int y, int colour) {
    return (7 * x + 13 * y + 29 * colour + pattern) & 0xFF;
  }

  void requireFitting(Task task, Input input, List<String> labels, int scoreCount) {
    if (input instanceof ReadingsInput readings) {
      require(
          values.size() == readings.elements(),
          "golden.values",
          "must have " + readings.elements() + " values, not " + values.size());
      require(pattern == null && image == null, "golden", "must have values for readings");
    } else {
      require(values.isEmpty(), "golden.values", "must not be there for frames");
      require(
          (pattern == null) != (image == null),
          "golden",
          "must have either a pattern or an image for frames");
      requireBase64();
    }
    requireAnswer(task, labels, scoreCount);
  }

  private void requireAnswer(Task task, List<String> labels, int scoreCount) {
    require(boxes.isEmpty() || task == Task.DETECT, "golden.boxes", "are only for the task detect");
    for (GoldenBox box : boxes) {
      require(
          labels.contains(box.label()),
          "golden.boxes.label",
          "must be one of the labels, not " + box.label());
    }
    int expected = task == Task.DETECT ? 0 : scoreCount;
    require(
        scores.size() == expected,
        "golden.scores",
        "must have " + expected + " scores, not " + scores.size());
  }

  private void requireBase64() {
    try {
      if (image != null) {
        imageBytes();
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidContractException(
          ModelContract.METADATA_KEY + ": golden.image is no Base64: " + e.getMessage());
    }
  }
}
