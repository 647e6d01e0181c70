package dev.skerry.schemas.model;

/**
 * Where a frame lies in a model's input once it was resized, in pixels of the input. Filling the
 * input and reading boxes out of it must agree on this, so both take it from here. Immutable.
 *
 * @param x left edge, 0 and up
 * @param y upper edge, 0 and up
 * @param width 1 and up
 * @param height 1 and up
 */
public record FrameFit(int x, int y, int width, int height) {

  /**
   * The place of a frame.
   *
   * @param frameWidth pixels of the frame, 1 and up
   * @param frameHeight pixels of the frame, 1 and up
   */
  public static FrameFit of(FrameInput input, int frameWidth, int frameHeight) {
    int inputWidth = input.width();
    int inputHeight = input.height();
    if (input.resize() == FrameInput.Resize.STRETCH) {
      return new FrameFit(0, 0, inputWidth, inputHeight);
    }
    double ratio = Math.min((double) inputWidth / frameWidth, (double) inputHeight / frameHeight);
    int width = scaled(frameWidth, ratio, inputWidth);
    int height = scaled(frameHeight, ratio, inputHeight);
    return new FrameFit((inputWidth - width) / 2, (inputHeight - height) / 2, width, height);
  }

  private static int scaled(int pixels, double ratio, int limitInclusive) {
    return (int) Math.max(1, Math.min(limitInclusive, Math.round(pixels * ratio)));
  }

  /** A horizontal place in the input as a share of the frame's width, within 0 to 1. */
  public float shareOfWidth(float inputX) {
    return clamp((inputX - x) / width);
  }

  /** A vertical place in the input as a share of the frame's height, within 0 to 1. */
  public float shareOfHeight(float inputY) {
    return clamp((inputY - y) / height);
  }

  private static float clamp(float share) {
    return Math.max(0, Math.min(1, share));
  }
}
