package dev.skerry.inference.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.skerry.inference.provider.Provider;
import dev.skerry.schemas.model.ModelContract;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * A checked model and the one native session in which all workers run it. The only class that ever
 * holds a tensor. Thread-safe but for {@link #close}, which must come after the last run.
 */
public final class ServedModel implements AutoCloseable {

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Provider provider;
  private final ModelContract contract;
  private final long[] inputRow;
  private final long[] outputRow;
  private final OnnxJavaType elementType;

  /** Takes over the session. */
  ServedModel(OrtEnvironment environment, SessionOpener.Opened opened, ModelContract contract) {
    this.environment = environment;
    this.session = opened.session();
    this.provider = opened.provider();
    this.contract = contract;
    this.inputRow = contract.input().shape();
    this.outputRow = contract.outputShape();
    this.elementType = GraphCheck.elementType(contract.input());
  }

  public ModelContract contract() {
    return contract;
  }

  /** What runs the model. */
  public Provider provider() {
    return provider;
  }

  /** Whether the provider compiles or tunes for each batch size, so that there should be few. */
  public boolean wantsFixedSizes() {
    return provider.wantsFixedSizes();
  }

  /** Name and version, for people. */
  public String describe() {
    return contract.name() + " " + contract.version();
  }

  /**
   * Scores rows.
   *
   * @param input a direct buffer in native order; what remains of it is rows × the input's elements
   * @param rows how many rows, 1 and up
   * @param output a direct buffer in native order; what remains of it, rows × the output's
   *     elements, is written
   * @throws ScoringException when the model fails on these rows
   */
  public void run(FloatBuffer input, int rows, FloatBuffer output) throws ScoringException {
    try (OnnxTensor in = OnnxTensor.createTensor(environment, input, shape(rows, inputRow))) {
      run(in, rows, output);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /**
   * Scores rows that are given as bytes, whatever the input's element type is.
   *
   * @param input as above; what remains of it are the bytes of all rows
   * @throws ScoringException when the model fails on these rows
   */
  public void run(ByteBuffer input, int rows, FloatBuffer output) throws ScoringException {
    ByteBuffer bytes = input.duplicate().order(ByteOrder.nativeOrder());
    long[] shape = shape(rows, inputRow);
    try (OnnxTensor in = OnnxTensor.createTensor(environment, bytes, shape, elementType)) {
      run(in, rows, output);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  private void run(OnnxTensor in, int rows, FloatBuffer output) throws OrtException {
    try (OnnxTensor out = OnnxTensor.createTensor(environment, output, shape(rows, outputRow));
        OrtSession.Result result =
            session.run(
                Map.of(contract.input().name(), in), Map.of(contract.output().name(), out))) {
      requirePinned(result, out);
    }
  }

  private static long[] shape(int rows, long[] row) {
    long[] shape = new long[row.length + 1];
    shape[0] = rows;
    System.arraycopy(row, 0, shape, 1, row.length);
    return shape;
  }

  private ScoringException failed(OrtException e) {
    return new ScoringException(describe() + " failed: " + e.getMessage(), e);
  }

  /** The scores are in the caller's buffer only if the session wrote to the tensor over it. */
  private static void requirePinned(OrtSession.Result result, OnnxTensor out) {
    if (result.get(0) != out) {
      throw new IllegalStateException("ONNX Runtime did not write to the buffer that it was given");
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(describe() + " could not be closed", e);
    }
  }
}
