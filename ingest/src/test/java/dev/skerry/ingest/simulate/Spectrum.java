package dev.skerry.ingest.simulate;

/** Amplitudes at given frequencies, by a Hann-windowed Fourier sum written out. */
final class Spectrum {

  private final double[] signal;

  private Spectrum(double[] signal) {
    this.signal = signal;
  }

  static Spectrum of(float[] window, int channel) {
    double[] signal = new double[Vibration.STEPS];
    for (int n = 0; n < signal.length; n++) {
      signal[n] = window[channel * Vibration.STEPS + n];
    }
    return new Spectrum(signal);
  }

  /**
   * Of the squared second differences, which keep the resonance, by their mean: loud and quiet
   * machines compare.
   */
  static Spectrum ofEnvelope(float[] window, int channel) {
    double[] signal = of(window, channel).signal;
    double[] envelope = new double[signal.length];
    double mean = 0;
    for (int n = 2; n < signal.length; n++) {
      double high = signal[n] - 2 * signal[n - 1] + signal[n - 2];
      envelope[n] = high * high;
      mean += envelope[n] / signal.length;
    }
    for (int n = 0; n < envelope.length; n++) {
      envelope[n] = envelope[n] / mean - 1;
    }
    return new Spectrum(envelope);
  }

  double at(double hz) {
    double re = 0;
    double im = 0;
    for (int n = 0; n < signal.length; n++) {
      double hann = 1 - Math.cos(2 * Math.PI * n / signal.length);
      double angle = 2 * Math.PI * hz * n / Vibration.SAMPLE_RATE_HZ;
      re += hann * signal[n] * Math.cos(angle);
      im += hann * signal[n] * Math.sin(angle);
    }
    return 2 * Math.hypot(re, im) / signal.length;
  }

  /** The largest amplitude within half a bin of a frequency; slip moves peaks a little. */
  double near(double hz) {
    double bin = Vibration.SAMPLE_RATE_HZ / Vibration.STEPS;
    return Math.max(at(hz), Math.max(at(hz - bin / 2), at(hz + bin / 2)));
  }
}
