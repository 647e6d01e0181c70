package dev.skerry.inference.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.skerry.schemas.model.ModelContract;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * A checked model and the one native session in which all workers run it. The only class that ever
 * holds a tensor. Thread-safe but for {@link #close}, which must come after the last run.
 */
public final class ServedModel implements AutoCloseable {

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ModelContract contract;

  /** Takes over the session. */
  ServedModel(OrtEnvironment environment, OrtSession session, ModelContract contract) {
    this.environment = environment;
    this.session = session;
    this.contract = contract;
  }

  public ModelContract contract() {
    return contract;
  }

  /** The execution provider that runs the model. */
  public String provider() {
    return SessionSettings.PROVIDER;
  }

  /** Name and version, for people. */
  public String describe() {
    return contract.name() + " " + contract.version();
  }

  /**
   * Scores rows.
   *
   * @param input a direct buffer in native order; what remains of it is rows × input width
   * @param rows how many rows, 1 and up
   * @param scores a direct buffer in native order; what remains of it, rows × score count, is
   *     written
   * @throws ScoringException when the model fails on these rows
   */
  public void run(FloatBuffer input, int rows, FloatBuffer scores) throws ScoringException {
    long[] inputShape = {rows, contract.readings().channels().size(), contract.readings().steps()};
    long[] outputShape = {rows, contract.scoreCount()};
    try (OnnxTensor in = OnnxTensor.createTensor(environment, input, inputShape);
        OnnxTensor out = OnnxTensor.createTensor(environment, scores, outputShape);
        OrtSession.Result result =
            session.run(
                Map.of(contract.input().name(), in), Map.of(contract.output().name(), out))) {
      requirePinned(result, out);
    } catch (OrtException e) {
      throw new ScoringException(describe() + " failed: " + e.getMessage(), e);
    }
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
