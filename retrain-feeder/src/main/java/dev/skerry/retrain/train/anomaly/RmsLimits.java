package dev.skerry.retrain.train.anomaly;

import dev.skerry.retrain.train.data.Window;
import java.util.List;

/**
 * The plain way: an alarm when the RMS of any channel is above the largest that normal data had.
 *
 * @param limits of the channels
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record RmsLimits(double[] limits) {

  static RmsLimits fit(List<Window> normal) {
    double[] limits = new double[normal.get(0).channels()];
    for (Window window : normal) {
      for (int channel = 0; channel < limits.length; channel++) {
        limits[channel] = Math.max(limits[channel], rms(window, channel));
      }
    }
    return new RmsLimits(limits);
  }

  boolean exceededBy(Window window) {
    for (int channel = 0; channel < limits.length; channel++) {
      if (rms(window, channel) > limits[channel]) {
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
