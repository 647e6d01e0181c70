package dev.skerry.retrain.train.vibration;

import dev.skerry.retrain.train.graph.Graph;
import org.tribuo.util.onnx.ONNXRef;

/**
 * Multiples of the shaft speed at which spectra are read, so that machines of all speeds compare.
 * Spectra are {@code batch × signals × bins}, speeds {@code batch × 1 × 1}, what is read {@code
 * batch × signals × points}.
 *
 * @param from the lowest order
 * @param stepOrders distance between two points
 * @param points how many
 */
record OrderGrid(double from, double stepOrders, int points) {

  /** A Hann window spreads a tone over two bins on either side. */
  private static final double TONE_HALF_WIDTH_BINS = 2.5;

  /** Triangular means of the bins around each point, as wide as the step, but at least one bin. */
  ONNXRef<?> means(Graph graph, ONNXRef<?> power, int bins, double hzPerBin, ONNXRef<?> speedHz) {
    ONNXRef<?> ordersPerBin = graph.divide(graph.scalar(hzPerBin), speedHz);
    ONNXRef<?> width = graph.max(graph.scalar(stepOrders), ordersPerBin);
    ONNXRef<?> distance =
        distance(graph, graph.multiply(bins(graph, bins), ordersPerBin), orders(graph));
    ONNXRef<?> weight =
        graph.unary("Relu", graph.subtract(graph.scalar(1), graph.divide(distance, width)));
    ONNXRef<?> total = graph.multiply(graph.mean(weight, 1), graph.scalar(bins));
    return graph.divide(graph.matMul(power, weight), graph.add(total, graph.scalar(1e-6)));
  }

  /** The whole power of a tone at each point, wherever it falls between two bins. */
  ONNXRef<?> tones(Graph graph, ONNXRef<?> power, int bins, double hzPerBin, ONNXRef<?> speedHz) {
    ONNXRef<?> binsPerOrder = graph.multiply(speedHz, graph.scalar(1 / hzPerBin));
    ONNXRef<?> distance =
        distance(graph, bins(graph, bins), graph.multiply(orders(graph), binsPerOrder));
    ONNXRef<?> inside = graph.subtract(graph.scalar(TONE_HALF_WIDTH_BINS), distance);
    return graph.matMul(power, graph.min(graph.scalar(1), graph.unary("Relu", inside)));
  }

  /** The orders as a constant of one row. */
  ONNXRef<?> constant(Graph graph) {
    return graph.reshape(orders(graph), 1, points);
  }

  int indexOf(double order) {
    return (int) Math.round((order - from) / stepOrders);
  }

  boolean has(double order) {
    int index = indexOf(order);
    return index >= 0 && index < points;
  }

  double order(int point) {
    return from + point * stepOrders;
  }

  private ONNXRef<?> orders(Graph graph) {
    ONNXRef<?> steps =
        graph.multiply(
            graph.scalar(stepOrders), graph.reshape(graph.range(0, points), 1, 1, points));
    return graph.add(graph.scalar(from), steps);
  }

  private static ONNXRef<?> bins(Graph graph, int bins) {
    return graph.reshape(graph.range(0, bins), 1, bins, 1);
  }

  private static ONNXRef<?> distance(Graph graph, ONNXRef<?> a, ONNXRef<?> b) {
    return graph.unary("Abs", graph.subtract(a, b));
  }
}
