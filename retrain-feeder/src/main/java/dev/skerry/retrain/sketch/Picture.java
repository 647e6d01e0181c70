package dev.skerry.retrain.sketch;

/**
 * Pixels. Immutable as long as nobody changes the array.
 *
 * @param width pixels, 1 and up
 * @param height pixels, 1 and up
 * @param rgb width x height pixels, row by row, each 0xRRGGBB
 */
@SuppressWarnings("ArrayRecordComponent") // Pictures are not compared.
public record Picture(int width, int height, int[] rgb) {

  /** Checks the size. */
  public Picture {
    if (width < 1 || height < 1 || rgb.length != width * height) {
      throw new IllegalArgumentException(
          "%d pixels are no picture of %d x %d".formatted(rgb.length, width, height));
    }
  }

  /** The same so small that neither side is longer than this; itself where it is. */
  public Picture within(int maxSide) {
    int longer = Math.max(width, height);
    if (longer <= maxSide) {
      return this;
    }
    int newWidth = Math.max(1, (int) ((long) width * maxSide / longer));
    int newHeight = Math.max(1, (int) ((long) height * maxSide / longer));
    int[] pixels = new int[newWidth * newHeight];
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        pixels[y * newWidth + x] = mean(x, y, newWidth, newHeight);
      }
    }
    return new Picture(newWidth, newHeight, pixels);
  }

  /** Luminance of a picture of that size that shows the same, 0 to 255, row by row. */
  double[] luminance(int newWidth, int newHeight) {
    double[] grey = new double[newWidth * newHeight];
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        grey[y * newWidth + x] = luminance(mean(x, y, newWidth, newHeight));
      }
    }
    return grey;
  }

  static double luminance(int pixel) {
    // ITU-R BT.601.
    return 0.299 * (pixel >> 16 & 0xFF) + 0.587 * (pixel >> 8 & 0xFF) + 0.114 * (pixel & 0xFF);
  }

  /** The mean colour of what a pixel of a smaller picture covers. */
  private int mean(int x, int y, int newWidth, int newHeight) {
    int left = (int) ((long) x * width / newWidth);
    int top = (int) ((long) y * height / newHeight);
    int right = Math.max(left + 1, (int) ((x + 1L) * width / newWidth));
    int bottom = Math.max(top + 1, (int) ((y + 1L) * height / newHeight));
    long red = 0;
    long green = 0;
    long blue = 0;
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        int pixel = rgb[row * width + column];
        red += pixel >> 16 & 0xFF;
        green += pixel >> 8 & 0xFF;
        blue += pixel & 0xFF;
      }
    }
    long count = (long) (right - left) * (bottom - top);
    return rounded(red, count) << 16 | rounded(green, count) << 8 | rounded(blue, count);
  }

  private static int rounded(long sum, long count) {
    return (int) ((sum + count / 2) / count);
  }
}
