package dev.skerry.retrain.train.vibration;

import dev.skerry.retrain.train.graph.Graph;
import java.util.List;
import org.tribuo.util.onnx.ONNXRef;

/**
 * Looks for a bearing defect whose order nobody knows, since nobody tells the model the bearing's
 * geometry. For each fundamental from 2 to 8 times the shaft speed it asks how far the fundamental
 * and its harmonics stand out of what lies half an order beside them (an outer race), and how far
 * sidebands at the shaft speed do (an inner race, which turns through the load zone).
 *
 * @param graph the graph that it writes to
 * @param grid the orders at which the envelope spectrum was read
 */
record DefectComb(Graph graph, OrderGrid grid) {

  private static final OrderGrid FUNDAMENTALS = new OrderGrid(2, 0.125, 49);
  private static final double SHARPNESS = 3;

  /** Single numbers from the log envelope spectrum, {@code batch × points} of the grid. */
  List<ONNXRef<?>> describe(ONNXRef<?> logOrders) {
    ONNXRef<?> beside = graph.matMul(logOrders, comb(3, 0.5));
    ONNXRef<?> clear = graph.subtract(graph.matMul(logOrders, comb(3, 0)), beside);
    ONNXRef<?> besideTwo = graph.matMul(logOrders, comb(2, 0.5));
    ONNXRef<?> modulated = graph.subtract(graph.matMul(logOrders, comb(2, 1)), besideTwo);
    ONNXRef<?> choice = graph.softmax(graph.multiply(clear, graph.scalar(SHARPNESS)), 1);
    return List.of(
        graph.largest(clear, 1),
        graph.largest(graph.add(clear, modulated), 1),
        graph.largest(graph.subtract(clear, modulated), 1),
        chosen(choice, clear),
        chosen(choice, modulated),
        chosen(choice, FUNDAMENTALS.constant(graph)));
  }

  /** A value at the fundamental that stands out most, by a soft choice. */
  private ONNXRef<?> chosen(ONNXRef<?> choice, ONNXRef<?> values) {
    ONNXRef<?> weighted = graph.multiply(choice, values);
    return graph.mean(graph.multiply(weighted, graph.scalar(FUNDAMENTALS.points())), 1);
  }

  /** Means the harmonics of each fundamental, both sides at a distance; higher ones count less. */
  private ONNXRef<?> comb(int harmonics, double distance) {
    float[] matrix = new float[grid.points() * FUNDAMENTALS.points()];
    for (int fundamental = 0; fundamental < FUNDAMENTALS.points(); fundamental++) {
      for (int harmonic = 1; harmonic <= harmonics; harmonic++) {
        double order = FUNDAMENTALS.order(fundamental) * harmonic;
        for (double tooth : new double[] {order - distance, order + distance}) {
          if (grid.has(tooth)) {
            int cell = grid.indexOf(tooth) * FUNDAMENTALS.points() + fundamental;
            matrix[cell] += 0.5f / harmonic;
          }
        }
      }
    }
    return graph.constant(matrix, grid.points(), FUNDAMENTALS.points());
  }
}
