package dev.skerry.retrain.sketch;

/**
 * The power of a signal by frequency, by a radix-2 transform (Cooley and Tukey 1965) over the
 * longest power of two of steps at both ends of the window, averaged.
 */
final class PowerSpectrum {

  private static final int LONGEST = 4_096;

  private PowerSpectrum() {}

  /**
   * Power at 1 to n / 2 cycles in n steps, n being the longest power of two that fits; empty for
   * fewer than 2 steps. The mean is taken off before.
   */
  static double[] of(float[] values, int from, int steps, double mean) {
    int length = Math.min(LONGEST, Integer.highestOneBit(Math.max(1, steps)));
    double[] power = new double[length / 2];
    add(values, from, length, mean, power);
    add(values, from + steps - length, length, mean, power);
    return power;
  }

  private static void add(float[] values, int from, int length, double mean, double[] power) {
    double[] real = new double[length];
    double[] imaginary = new double[length];
    int bits = Integer.numberOfTrailingZeros(length);
    for (int i = 0; i < length; i++) {
      int target = bits == 0 ? 0 : Integer.reverse(i) >>> (Integer.SIZE - bits);
      real[target] = values[from + i] - mean;
    }
    transform(real, imaginary);
    double scale = 1.0 / ((double) length * length);
    for (int k = 1; k <= power.length; k++) {
      power[k - 1] += (real[k] * real[k] + imaginary[k] * imaginary[k]) * scale;
    }
  }

  private static void transform(double[] real, double[] imaginary) {
    for (int size = 2; size <= real.length; size *= 2) {
      double turn = -2 * Math.PI / size;
      for (int k = 0; k < size / 2; k++) {
        double cos = Math.cos(turn * k);
        double sin = Math.sin(turn * k);
        for (int i = k; i < real.length; i += size) {
          int j = i + size / 2;
          double re = real[j] * cos - imaginary[j] * sin;
          double im = real[j] * sin + imaginary[j] * cos;
          real[j] = real[i] - re;
          imaginary[j] = imaginary[i] - im;
          real[i] += re;
          imaginary[i] += im;
        }
      }
    }
  }
}
