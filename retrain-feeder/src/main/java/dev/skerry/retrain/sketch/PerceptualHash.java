package dev.skerry.retrain.sketch;

import java.util.Arrays;

/**
 * A hash of what a picture shows: the signs, about their median, of the 16 x 16 lowest frequencies
 * of its luminance. The same picture encoded anew or scaled has nearly the same.
 *
 * @see <a href="https://www.phash.org/docs/pubs/thesis_zauner.pdf">Zauner, Implementation and
 *     Benchmarking of Perceptual Image Hash Functions, 2010</a>
 */
public final class PerceptualHash {

  private static final int SIDE = 64;
  private static final int LOW = 16;
  private static final double[] COSINES = cosines();

  private PerceptualHash() {}

  /** The hash, of 256 bits. */
  public static Fingerprint of(Picture picture) {
    double[] frequencies = lowFrequencies(picture.luminance(SIDE, SIDE));
    double[] sorted = Arrays.copyOfRange(frequencies, 1, frequencies.length);
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    byte[] bits = new byte[LOW * LOW / Byte.SIZE];
    for (int i = 1; i < frequencies.length; i++) { // The first is the mean brightness.
      if (frequencies[i] > median) {
        bits[i / Byte.SIZE] |= (byte) (1 << i % Byte.SIZE);
      }
    }
    return new Fingerprint(Fingerprint.Kind.FRAME, bits);
  }

  /** Bits that differ. */
  static double distance(byte[] one, byte[] other) {
    int bits = 0;
    for (int i = 0; i < one.length; i++) {
      bits += Integer.bitCount((one[i] ^ other[i]) & 0xFF);
    }
    return bits;
  }

  private static double[] lowFrequencies(double[] grey) {
    double[] rows = new double[SIDE * LOW];
    for (int y = 0; y < SIDE; y++) {
      for (int u = 0; u < LOW; u++) {
        double sum = 0;
        for (int x = 0; x < SIDE; x++) {
          sum += grey[y * SIDE + x] * COSINES[u * SIDE + x];
        }
        rows[y * LOW + u] = sum;
      }
    }
    double[] low = new double[LOW * LOW];
    for (int v = 0; v < LOW; v++) {
      for (int u = 0; u < LOW; u++) {
        double sum = 0;
        for (int y = 0; y < SIDE; y++) {
          sum += rows[y * LOW + u] * COSINES[v * SIDE + y];
        }
        low[v * LOW + u] = sum;
      }
    }
    return low;
  }

  private static double[] cosines() {
    double[] cosines = new double[LOW * SIDE];
    for (int u = 0; u < LOW; u++) {
      for (int x = 0; x < SIDE; x++) {
        cosines[u * SIDE + x] = Math.cos(Math.PI * (2 * x + 1) * u / (2 * SIDE));
      }
    }
    return cosines;
  }
}
