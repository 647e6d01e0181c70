package dev.skerry.schemas.model;

import static dev.skerry.schemas.model.Rule.require;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of images that are decoded, brought to one size and, for float tensors, normalised:
 * {@code (byte * scale - mean[c]) / std[c]}.
 *
 * @param name the tensor's name in the graph
 * @param width pixels, 1 to 8192
 * @param height pixels, 1 to 8192
 * @param colours which colours a pixel has, in which order
 * @param layout which dimension comes first after the batch
 * @param element the tensor's element type
 * @param resize how a frame of another size becomes one of this size
 * @param pad the byte, 0 to 255, around a letterboxed frame; 114 unless it is given
 * @param scale what a byte is multiplied by; 1/255 unless it is given; only for float
 * @param mean subtracted from each colour, in the order of {@code colours}; 0 unless given
 * @param std each colour is divided by it, more than 0; 1 unless given
 */
@JsonDeserialize(using = JsonDeserializer.None.class)
public record FrameInput(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) int width,
    @JsonProperty(required = true) int height,
    @JsonProperty(required = true) Colours colours,
    @JsonProperty(required = true) Layout layout,
    @JsonProperty(required = true) Element element,
    @JsonProperty(required = true) Resize resize,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer pad,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Float scale,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Float> mean,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Float> std)
    implements Input {

  static final String KIND = "frame";

  private static final int MAX_PIXELS = 8192;
  private static final int MAX_ELEMENTS = 1 << 26;
  private static final int DEFAULT_PAD = 114;
  private static final float DEFAULT_SCALE = 1 / 255f;

  /** Which colours a pixel has, in which order. */
  public enum Colours {
    RGB,
    BGR,
    /** One luminance, ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B, rounded. */
    GRAY;

    /** 3, or 1. */
    public int count() {
      return this == GRAY ? 1 : 3;
    }
  }

  /** The order of the tensor's dimensions. */
  public enum Layout {
    /** batch × colours × height × width. */
    NCHW,
    /** batch × height × width × colours. */
    NHWC
  }

  /** The tensor's element type. */
  public enum Element {
    @JsonProperty("float")
    FLOAT,
    /** The bytes as they are. */
    @JsonProperty("uint8")
    UINT8;

    /** 4, or 1. */
    public int bytes() {
      return this == FLOAT ? Float.BYTES : 1;
    }
  }

  /** How a frame of another size becomes one of the input's size. */
  public enum Resize {
    /** To the input's width and height, whatever becomes of its proportions. */
    @JsonProperty("stretch")
    STRETCH,
    /** In its proportions, in the middle, with bars of {@code pad} at two sides. */
    @JsonProperty("letterbox")
    LETTERBOX
  }

  public FrameInput {
    Rule.requireText(name, "input.name");
    Rule.requireBetween(width, 1, MAX_PIXELS, "input.width");
    Rule.requireBetween(height, 1, MAX_PIXELS, "input.height");
    Rule.requireBetween(
        (long) width * height * colours.count(),
        1,
        MAX_ELEMENTS,
        "input.width times input.height times the colours");
    requirePad(resize, pad);
    require(
        element == Element.FLOAT || (scale == null && mean.isEmpty() && std.isEmpty()),
        "input.element",
        "must be float where scale, mean or std is given: uint8 takes the bytes as they are");
    require(
        scale == null || (Float.isFinite(scale) && scale != 0),
        "input.scale",
        "must be a number other than 0, not " + scale);
    requireOnePerColour(mean, colours, "input.mean");
    requireOnePerColour(std, colours, "input.std");
    for (float deviation : std) {
      require(deviation > 0, "input.std", "must be more than 0, not " + deviation);
    }
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  private static void requirePad(Resize resize, @Nullable Integer pad) {
    if (pad != null) {
      require(resize == Resize.LETTERBOX, "input.pad", "is only for the resize letterbox");
      Rule.requireBetween(pad, 0, 255, "input.pad");
    }
  }

  private static void requireOnePerColour(List<Float> values, Colours colours, String field) {
    require(
        values.isEmpty() || values.size() == colours.count(),
        field,
        "must have " + colours.count() + " entries for " + colours + ", not " + values.size());
    Rule.requireFinite(values, field);
  }

  /** Says in JSON which kind of input it is. */
  @JsonProperty("kind")
  String kind() {
    return KIND;
  }

  @Override
  public long[] shape() {
    return layout == Layout.NCHW
        ? new long[] {colours.count(), height, width}
        : new long[] {height, width, colours.count()};
  }

  /** Width × height × colours. */
  @Override
  public int elements() {
    return width * height * colours.count();
  }

  /** How many bytes one frame has in the tensor. */
  public int bytes() {
    return elements() * element.bytes();
  }

  /** The byte around a letterboxed frame. */
  public int padByte() {
    return pad == null ? DEFAULT_PAD : pad;
  }

  /** What each byte is multiplied by before anything is subtracted. */
  public float byteScale() {
    return scale == null ? DEFAULT_SCALE : scale;
  }

  /** What is subtracted from each colour, one for each. */
  public List<Float> means() {
    return mean.isEmpty() ? Collections.nCopies(colours.count(), 0f) : mean;
  }

  /** What each colour is divided by, one for each. */
  public List<Float> deviations() {
    return std.isEmpty() ? Collections.nCopies(colours.count(), 1f) : std;
  }
}
