package dev.skerry.inference.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.skerry.schemas.model.ModelContract;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * Scores one window at a time with a plain session, sharing nothing with the workers' path, so that
 * their scores can be compared with it. Not thread-safe.
 */
public final class OfflineScorer implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final ModelContract contract;

  /** Opens a model file; throws {@link InvalidModelException} for one that cannot be run. */
  public OfflineScorer(Path model) {
    try {
      this.session = environment.createSession(model.toString());
      this.contract = ModelLoader.contract(session);
    } catch (OrtException e) {
      throw new InvalidModelException("The model " + model + " cannot be run", e);
    }
  }

  public ModelContract contract() {
    return contract;
  }

  /**
   * The scores of one window.
   *
   * @param values as in {@code Readings.values}: channels × steps
   * @return as many as the contract's score count
   */
  public float[] score(float[] values) {
    long[] shape = {1, contract.readings().channels().size(), contract.readings().steps()};
    try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
        OrtSession.Result result = session.run(Map.of(contract.input().name(), input))) {
      OnnxTensor scores = (OnnxTensor) result.get(contract.output().name()).orElseThrow();
      return ((float[][]) scores.getValue())[0];
    } catch (OrtException e) {
      throw new IllegalStateException(contract.name() + " cannot score the window", e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(contract.name() + " could not be closed", e);
    }
  }
}
