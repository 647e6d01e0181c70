package dev.skerry.bench.workload;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.skerry.schemas.Frame;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/** A model of RGB bytes, height × width × 3, over frames of its own size. Not thread-safe. */
final class OfflineFrameModel implements ScoredStream.OfflineModel {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final String input;

  OfflineFrameModel(Path model) {
    try {
      this.session = environment.createSession(model.toString());
    } catch (OrtException e) {
      throw new IllegalArgumentException("The model " + model + " cannot be run", e);
    }
    this.input = session.getInputNames().iterator().next();
  }

  @Override
  public float[] score(Object payload) {
    Frame frame = (Frame) payload;
    long[] shape = {1, frame.getHeight(), frame.getWidth(), PlainPixels.COLOURS};
    ByteBuffer pixels = PlainPixels.of(frame);
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(environment, pixels, shape, OnnxJavaType.UINT8);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      return ((float[][]) result.get(0).getValue())[0];
    } catch (OrtException e) {
      throw new IllegalStateException("The model cannot score a frame", e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("The model could not be closed", e);
    }
  }
}
