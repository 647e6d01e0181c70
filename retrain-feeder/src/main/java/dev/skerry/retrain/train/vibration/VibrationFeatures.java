package dev.skerry.retrain.train.vibration;

import dev.skerry.retrain.train.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import org.tribuo.util.onnx.ONNXRef;

/**
 * What the classifier sees of a window, computed inside the graph: loudness and shape of both
 * accelerations, the tones at multiples of the shaft speed, and the envelope spectrum of the high
 * frequencies, where bearings show (Randall and Antoni 2011). One wide band was more accurate than
 * three or five narrow ones, and cheaper.
 */
final class VibrationFeatures {

  static final int CHANNELS = 3;
  static final int STEPS = 1024;
  static final double SAMPLE_RATE_HZ = 2560;

  private static final double HZ_PER_BIN = SAMPLE_RATE_HZ / STEPS;
  private static final FourierBasis SHAFT = new FourierBasis(STEPS, STEPS, 100);
  private static final OrderGrid SHAFT_ORDERS = new OrderGrid(0.5, 0.5, 7);
  private static final BandPass IMPACTS = new BandPass(430, 1200);
  private static final int FILTERED_STEPS = STEPS - BandPass.TAPS + 1;
  private static final int ENVELOPE_STEPS = FILTERED_STEPS / 2;
  private static final FourierBasis ENVELOPE = new FourierBasis(ENVELOPE_STEPS, STEPS / 2, 200);
  private static final OrderGrid ENVELOPE_ORDERS = new OrderGrid(0.5, 0.125, 125);

  /** About the envelope power of noise: below it, nothing is worth telling apart. */
  private static final double ENVELOPE_FLOOR = 0.05;

  private final Graph graph;
  private final List<ONNXRef<?>> parts = new ArrayList<>();
  private int width;

  private VibrationFeatures(Graph graph) {
    this.graph = graph;
  }

  /** Adds the features of the graph's input to the graph. */
  static VibrationFeatures on(Graph graph) {
    VibrationFeatures features = new VibrationFeatures(graph);
    features.describe();
    return features;
  }

  /** The features, {@code batch × width}. */
  ONNXRef<?> node() {
    return graph.concat(1, parts);
  }

  int width() {
    return width;
  }

  private void describe() {
    ONNXRef<?> accelerations = graph.slice(graph.input(), 1, 0, 2);
    ONNXRef<?> shaftSpeed = graph.mean(graph.slice(graph.input(), 1, 2, 3), 2);
    ONNXRef<?> speedHz = graph.max(shaftSpeed, graph.scalar(1));
    ONNXRef<?> centred = graph.subtract(accelerations, graph.mean(accelerations, 2));
    keep(graph.unary("Log", speedHz), 1);
    describeShape(centred, 2);
    describeTones(centred, speedHz);
    describeEnvelope(graph.slice(centred, 1, 0, 1), speedHz);
  }

  /** Logs of the mean square, the kurtosis and the squared crest factor of each signal. */
  private void describeShape(ONNXRef<?> signals, int count) {
    ONNXRef<?> squares = graph.square(signals);
    ONNXRef<?> meanSquare = graph.add(graph.mean(squares, 2), graph.scalar(1e-12));
    ONNXRef<?> fourth = graph.mean(graph.square(squares), 2);
    keep(graph.unary("Log", meanSquare), count);
    keep(graph.logAbove(1e-3, graph.divide(fourth, graph.square(meanSquare))), count);
    keep(graph.logAbove(1e-3, graph.divide(graph.largest(squares, 2), meanSquare)), count);
  }

  /** Halves between the multiples tell how loud it is without the tones. */
  private void describeTones(ONNXRef<?> signals, ONNXRef<?> speedHz) {
    ONNXRef<?> power = SHAFT.power(graph, signals);
    ONNXRef<?> tones = SHAFT_ORDERS.tones(graph, power, SHAFT.bins(), HZ_PER_BIN, speedHz);
    keep(graph.logAbove(1e-9, tones), 2 * SHAFT_ORDERS.points());
  }

  /** The squared signal, averaged over two steps, by its mean: quiet and loud machines compare. */
  private void describeEnvelope(ONNXRef<?> radial, ONNXRef<?> speedHz) {
    float[] taps = IMPACTS.taps(SAMPLE_RATE_HZ);
    ONNXRef<?> impacts = graph.convolve(radial, graph.constant(taps, 1, 1, taps.length), 1);
    describeShape(impacts, 1);
    ONNXRef<?> pairs = graph.reshape(graph.square(impacts), 0, 1, ENVELOPE_STEPS, 2);
    ONNXRef<?> halved = graph.reshape(graph.mean(pairs, 3), 0, 1, ENVELOPE_STEPS);
    ONNXRef<?> level = graph.add(graph.mean(halved, 2), graph.scalar(1e-12));
    ONNXRef<?> envelope = graph.subtract(graph.divide(halved, level), graph.scalar(1));
    ONNXRef<?> power = ENVELOPE.power(graph, envelope);
    ONNXRef<?> orders = ENVELOPE_ORDERS.means(graph, power, ENVELOPE.bins(), HZ_PER_BIN, speedHz);
    ONNXRef<?> logOrders = graph.logAbove(ENVELOPE_FLOOR, orders);
    keep(logOrders, ENVELOPE_ORDERS.points());
    new DefectComb(graph, ENVELOPE_ORDERS)
        .describe(graph.reshape(logOrders, 0, ENVELOPE_ORDERS.points()))
        .forEach(part -> keep(part, 1));
  }

  private void keep(ONNXRef<?> part, int count) {
    parts.add(graph.reshape(part, 0, count));
    width += count;
  }
}
