package dev.skerry.retrain.train.graph;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.Input;
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
  private final long[] rowShape;
  private final OnnxJavaType element;

  /** Throws {@link IllegalArgumentException} where ONNX Runtime refuses the model. */
  public GraphSession(byte[] model, String inputName, int channels, int steps) {
    this(model, inputName, new long[] {channels, steps}, OnnxJavaType.FLOAT);
  }

  /** The same for any input that a contract may have. */
  public GraphSession(byte[] model, Input input) {
    this(model, input.name(), input.shape(), element(input));
  }

  private GraphSession(byte[] model, String inputName, long[] rowShape, OnnxJavaType element) {
    this.inputName = inputName;
    this.rowShape = rowShape;
    this.element = element;
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
    int width = (int) (rowShape[0] * rowShape[1]);
    ByteBuffer rows =
        ByteBuffer.allocateDirect(Math.multiplyExact(windows.size(), width * Float.BYTES))
            .order(ByteOrder.nativeOrder());
    FloatBuffer values = rows.asFloatBuffer();
    windows.forEach(values::put);
    return run(rows, windows.size());
  }

  /**
   * One row of results for each row of the input.
   *
   * @param rows the input's elements, row by row; direct, in native order, from 0 to its limit
   */
  public float[][] run(ByteBuffer rows, int count) {
    long[] shape = new long[rowShape.length + 1];
    shape[0] = count;
    System.arraycopy(rowShape, 0, shape, 1, rowShape.length);
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, rows, shape, element);
        OrtSession.Result result = session.run(Map.of(inputName, tensor))) {
      OnnxTensor scores = (OnnxTensor) result.get(0);
      return (float[][]) scores.getValue();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }

  private static OnnxJavaType element(Input input) {
    return input instanceof FrameInput frame && frame.element() == FrameInput.Element.UINT8
        ? OnnxJavaType.UINT8
        : OnnxJavaType.FLOAT;
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
