package dev.skerry.inference.frame;

/**
 * Places along one axis when it is stretched: bilinear between the centres of pixels (as {@code
 * align_corners=False} in other libraries, without antialiasing), clamped at the borders.
 * Immutable.
 */
final class Resampling {

  final int[] before;
  final int[] after;
  final float[] share;

  Resampling(int fromPixels, int toPixels) {
    before = new int[toPixels];
    after = new int[toPixels];
    share = new float[toPixels];
    double step = (double) fromPixels / toPixels;
    for (int i = 0; i < toPixels; i++) {
      double place = Math.max(0, Math.min(fromPixels - 1.0, (i + 0.5) * step - 0.5));
      before[i] = (int) place;
      after[i] = Math.min(before[i] + 1, fromPixels - 1);
      share[i] = (float) (place - before[i]);
    }
  }
}
