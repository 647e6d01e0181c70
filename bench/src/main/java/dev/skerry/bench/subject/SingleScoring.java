package dev.skerry.bench.subject;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.skerry.bench.workload.PlainPixels;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.ReadingsInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One record at a time through ONNX Runtime, as it is usually written: generated classes in and
 * out, a run for each record. The input buffer is used again. Not thread-safe.
 */
final class SingleScoring {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final Sessions sessions;
  private final Map<String, FloatBuffer> inputs = new HashMap<>();

  SingleScoring(Sessions sessions) {
    this.sessions = sessions;
  }

  /** The model's answer to one record. */
  Detection detect(Telemetry telemetry, SourceRef source) {
    Sessions.Scored model = sessions.of(telemetry.getStream());
    float[] scores =
        telemetry.getPayload() instanceof Frame frame
            ? score(model, frame)
            : score(model, ((Readings) telemetry.getPayload()).getValues());
    return detection(telemetry, source, model.contract(), scores);
  }

  private float[] score(Sessions.Scored model, List<Float> values) {
    ReadingsInput shape = model.contract().readings();
    FloatBuffer input =
        inputs.computeIfAbsent(model.contract().stream(), stream -> direct(shape.elements()));
    input.clear();
    for (float value : values) {
      input.put(value);
    }
    input.flip();
    long[] dimensions = {1, shape.channels().size(), shape.steps()};
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, input, dimensions);
        OrtSession.Result result = model.session().run(Map.of(shape.name(), tensor))) {
      return ((float[][]) result.get(0).getValue())[0];
    } catch (OrtException e) {
      throw new IllegalStateException("The model cannot score a record", e);
    }
  }

  private float[] score(Sessions.Scored model, Frame frame) {
    ByteBuffer pixels = PlainPixels.of(frame);
    long[] dimensions = {1, frame.getHeight(), frame.getWidth(), PlainPixels.COLOURS};
    String input = model.contract().input().name();
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(environment, pixels, dimensions, OnnxJavaType.UINT8);
        OrtSession.Result result = model.session().run(Map.of(input, tensor))) {
      return ((float[][]) result.get(0).getValue())[0];
    } catch (OrtException e) {
      throw new IllegalStateException("The model cannot score a frame", e);
    }
  }

  static Detection detection(
      Telemetry telemetry, SourceRef source, ModelContract contract, float[] scores) {
    Map<String, Float> byLabel = new HashMap<>();
    int best = 0;
    for (int i = 0; i < scores.length; i++) {
      byLabel.put(contract.labels().get(i), scores[i]);
      best = scores[i] > scores[best] ? i : best;
    }
    return Detection.newBuilder()
        .setDeviceId(telemetry.getDeviceId())
        .setSiteId(telemetry.getSiteId())
        .setStream(telemetry.getStream())
        .setEventTime(telemetry.getEventTime())
        .setBootEpoch(telemetry.getBootEpoch())
        .setSequence(telemetry.getSequence())
        .setSource(source)
        .setInferredAt(Instant.ofEpochMilli(System.currentTimeMillis()))
        .setModel(contract.name())
        .setModelVersion(contract.version())
        .setRole(ModelRole.CHAMPION)
        .setLabel(contract.labels().get(best))
        .setConfidence(scores[best])
        .setUncertainty(1 - scores[best])
        .setLowConfidence(false)
        .setScores(byLabel)
        .setBoxes(List.of())
        .build();
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
