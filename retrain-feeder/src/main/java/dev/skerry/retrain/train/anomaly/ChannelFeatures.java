package dev.skerry.retrain.train.anomaly;

import dev.skerry.retrain.train.data.Window;
import dev.skerry.retrain.train.graph.Graph;
import java.util.List;
import org.tribuo.util.onnx.ONNXRef;

/**
 * Three numbers for each channel of a window: its level (the mean), its trend (the change along the
 * regression line) and its restlessness (the log RMS of the steps' differences). Spread around the
 * mean was tried as well and was no better.
 *
 * @param channels number of channels
 * @param steps number of steps, 2 and up
 * @param centres each channel's usual level, subtracted before anything is added up
 * @param restlessnessFloors what is added to each channel's RMS difference before the logarithm
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record ChannelFeatures(int channels, int steps, float[] centres, float[] restlessnessFloors) {

  private static final double FLOOR_SHARE = 0.1;

  /** Floors at a tenth of what is usual, and at 1 for a channel that never changes. */
  static ChannelFeatures fit(List<Window> windows) {
    int channels = windows.get(0).channels();
    int steps = windows.get(0).steps();
    float[] centres = new float[channels];
    float[] floors = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      double sum = 0;
      double squares = 0;
      for (Window window : windows) {
        sum += mean(window, channel);
        squares += meanSquareDifference(window, channel);
      }
      centres[channel] = (float) (sum / windows.size());
      double usual = Math.sqrt(squares / windows.size());
      floors[channel] = usual > 0 ? (float) (FLOOR_SHARE * usual) : 1;
    }
    return new ChannelFeatures(channels, steps, centres, floors);
  }

  int width() {
    return 3 * channels;
  }

  /** Features {@code batch × width}. */
  ONNXRef<?> on(Graph graph) {
    // Sums of small numbers: else a channel far from 0 loses its last digits, and which ones
    // depends
    // on the batch.
    ONNXRef<?> centred = graph.subtract(graph.input(), graph.constant(centres, 1, channels, 1));
    ONNXRef<?> level = graph.mean(centred, 2);
    ONNXRef<?> trend =
        graph.matMul(graph.subtract(centred, level), graph.constant(trendWeights(), steps, 1));
    ONNXRef<?> differences =
        graph.subtract(
            graph.slice(graph.input(), 2, 1, steps), graph.slice(graph.input(), 2, 0, steps - 1L));
    ONNXRef<?> rms = graph.unary("Sqrt", graph.mean(graph.square(differences), 2));
    ONNXRef<?> floors = graph.constant(restlessnessFloors, 1, channels, 1);
    ONNXRef<?> restlessness = graph.unary("Log", graph.add(rms, floors));
    return graph.reshape(graph.concat(1, List.of(level, trend, restlessness)), 0, width());
  }

  /** Of the regression line, times the window's length. */
  private float[] trendWeights() {
    float[] weights = new float[steps];
    double middle = (steps - 1) / 2.0;
    double squares = steps * ((double) steps * steps - 1) / 12;
    for (int step = 0; step < steps; step++) {
      weights[step] = (float) ((step - middle) / squares * steps);
    }
    return weights;
  }

  private static double mean(Window window, int channel) {
    double sum = 0;
    int start = channel * window.steps();
    for (int step = 0; step < window.steps(); step++) {
      sum += window.values()[start + step];
    }
    return sum / window.steps();
  }

  private static double meanSquareDifference(Window window, int channel) {
    double squares = 0;
    int start = channel * window.steps();
    for (int step = 1; step < window.steps(); step++) {
      double difference = window.values()[start + step] - window.values()[start + step - 1];
      squares += difference * difference;
    }
    return squares / (window.steps() - 1);
  }
}
