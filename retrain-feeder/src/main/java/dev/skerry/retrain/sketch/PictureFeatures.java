package dev.skerry.retrain.sketch;

/**
 * A picture in few numbers that say nothing of where something is: how bright it is, how its
 * brightness is spread, and how much it changes from pixel to pixel.
 */
public final class PictureFeatures {

  private static final int BINS = 16;
  private static final int SIDE = 256;

  /** How many numbers there are: {@value #BINS} shares of brightness, and two of change. */
  public static final int COUNT = BINS + 2;

  private PictureFeatures() {}

  /** Shares (0 to 1) of rising brightness, then mean change across and down, 0 to 1. */
  public static float[] of(Picture picture) {
    Picture small = picture.within(SIDE);
    int width = small.width();
    int height = small.height();
    double[] grey = small.luminance(width, height);
    float[] features = new float[COUNT];
    double across = 0;
    double down = 0;
    for (int i = 0; i < grey.length; i++) {
      features[(int) Math.min(BINS - 1, grey[i] * BINS / 256)] += 1f / grey.length;
      across += i % width == 0 ? 0 : Math.abs(grey[i] - grey[i - 1]);
      down += i < width ? 0 : Math.abs(grey[i] - grey[i - width]);
    }
    features[BINS] = (float) (across / grey.length / 255);
    features[BINS + 1] = (float) (down / grey.length / 255);
    return features;
  }
}
