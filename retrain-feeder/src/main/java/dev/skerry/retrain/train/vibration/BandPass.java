package dev.skerry.retrain.train.vibration;

/**
 * A linear-phase band-pass filter: a windowed sinc with a Hamming window.
 *
 * @param fromHz lower edge
 * @param toHz upper edge
 */
record BandPass(double fromHz, double toHz) {

  static final int TAPS = 63;

  float[] taps(double sampleRateHz) {
    float[] taps = new float[TAPS];
    for (int n = 0; n < TAPS; n++) {
      double t = n - (TAPS - 1) / 2.0;
      double hamming = 0.54 - 0.46 * StrictMath.cos(2 * Math.PI * n / (TAPS - 1));
      taps[n] =
          (float) (hamming * (lowPass(toHz / sampleRateHz, t) - lowPass(fromHz / sampleRateHz, t)));
    }
    return taps;
  }

  private static double lowPass(double cutoff, double t) {
    return t == 0 ? 2 * cutoff : StrictMath.sin(2 * Math.PI * cutoff * t) / (Math.PI * t);
  }
}
