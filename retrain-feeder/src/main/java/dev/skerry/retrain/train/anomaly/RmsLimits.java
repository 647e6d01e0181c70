package dev.skerry.retrain.train.anomaly;

import dev.skerry.retrain.train.data.Window;
import java.util.Arrays;
import java.util.List;

/**
 * The plain way: an alarm when the RMS of any channel leaves the range that it had in normal data.
 *
 * @param lowest of each channel
 * @param highest of each channel
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record RmsLimits(double[] lowest, double[] highest) {

  static RmsLimits fit(List<Window> normal) {
    int channels = normal.get(0).channels();
    double[] lowest = new double[channels];
    double[] highest = new double[channels];
    Arrays.fill(lowest, Double.POSITIVE_INFINITY);
    for (Window window : normal) {
      for (int channel = 0; channel < channels; channel++) {
        double rms = rms(window, channel);
        lowest[channel] = Math.min(lowest[channel], rms);
        highest[channel] = Math.max(highest[channel], rms);
      }
    }
    return new RmsLimits(lowest, highest);
  }

  boolean leftBy(Window window) {
    for (int channel = 0; channel < lowest.length; channel++) {
      double rms = rms(window, channel);
      if (rms < lowest[channel] || rms > highest[channel]) {
        return true;
      }
    }
    return false;
  }

  private static double rms(Window window, int channel) {
    double squares = 0;
    for (int step = 0; step < window.steps(); step++) {
      double value = window.values()[channel * window.steps() + step];
      squares += value * value;
    }
    return Math.sqrt(squares / window.steps());
  }
}
