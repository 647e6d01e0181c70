package dev.skerry.retrain.train.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * A graph in ONNX Runtime, on one CPU thread, so that sums are always formed in the same order.
 * Holds native memory until it is closed. Used by one thread.
 */
public final class GraphSession implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final String inputName;
  private final int channels;
  private final int steps;

  /** Throws {@link IllegalArgumentException} where ONNX Runtime refuses the model. */
  public GraphSession(byte[] model, String inputName, int channels, int steps) {
    this.inputName = inputName;
    this.channels = channels;
    this.steps = steps;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      this.session = environment.createSession(model, options);
    } catch (OrtException e) {
      throw new IllegalArgumentException("ONNX Runtime refuses the model: " + e.getMessage(), e);
    }
  }

  /** One row of results for each window of {@code channels × steps} values. */
  public float[][] run(List<float[]> windows) {
    int width = channels * steps;
    FloatBuffer values =
        ByteBuffer.allocateDirect(Math.multiplyExact(windows.size(), width * Float.BYTES))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    windows.forEach(values::put);
    values.flip();
    long[] shape = {windows.size(), channels, steps};
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, values, shape);
        OrtSession.Result result = session.run(Map.of(inputName, tensor))) {
      OnnxTensor scores = (OnnxTensor) result.get(0);
      return (float[][]) scores.getValue();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot be closed: " + e.getMessage(), e);
    }
  }
}
