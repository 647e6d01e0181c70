package dev.skerry.retrain.train.vibration;

import dev.skerry.retrain.train.graph.Graph;
import org.tribuo.util.onnx.ONNXRef;

/**
 * A Hann-windowed discrete Fourier transform as a matrix product. The matrix is computed inside the
 * graph from a few numbers, so that the file stays small; ONNX Runtime folds it into a constant
 * when it loads the model.
 *
 * @param steps length of the signal
 * @param period steps that bin 1 takes for one turn; bin k is at k / period of the sampling rate
 * @param bins how many, from 0 Hz up
 */
record FourierBasis(int steps, int period, int bins) {

  /**
   * Power of each bin: the squared amplitude of a tone. From {@code … × steps} to {@code … × bins}.
   */
  ONNXRef<?> power(Graph graph, ONNXRef<?> signals) {
    ONNXRef<?> step = graph.reshape(graph.range(0, steps), steps, 1);
    ONNXRef<?> bin = graph.reshape(graph.range(0, bins), 1, bins);
    ONNXRef<?> angle = angle(graph, graph.multiply(step, bin), period);
    ONNXRef<?> hann =
        graph.multiply(
            graph.scalar(2.0 / steps),
            graph.subtract(graph.scalar(1), graph.unary("Cos", angle(graph, step, steps))));
    ONNXRef<?> re = graph.matMul(signals, graph.multiply(hann, graph.unary("Cos", angle)));
    ONNXRef<?> im = graph.matMul(signals, graph.multiply(hann, graph.unary("Sin", angle)));
    return graph.add(graph.square(re), graph.square(im));
  }

  /** Whole turns are taken off while the numbers are still exact. */
  private static ONNXRef<?> angle(Graph graph, ONNXRef<?> count, int period) {
    ONNXRef<?> turns = graph.unary("Floor", graph.multiply(count, graph.scalar(1.0 / period)));
    ONNXRef<?> rest = graph.subtract(count, graph.multiply(turns, graph.scalar(period)));
    return graph.multiply(rest, graph.scalar(2 * Math.PI / period));
  }
}
