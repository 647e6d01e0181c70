package dev.skerry.bench.workload;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The contract of a network that is measured. No answer counts as a doubt, so that each record has
 * one answer in every system that is compared.
 */
final class BenchContract {

  private static final ObjectMapper JSON = new ObjectMapper();

  private BenchContract() {}

  static String json(NetworkShape shape, String version, byte[] model, long seed)
      throws OrtException {
    ObjectNode contract = JSON.createObjectNode();
    contract.put("name", "bench-" + shape.stream()).put("version", version);
    contract.put("stream", shape.stream()).put("task", "classify");
    ObjectNode input = contract.putObject("input").put("name", NetworkFile.INPUT);
    ArrayNode channels = input.putArray("channels");
    IntStream.range(0, shape.channels()).forEach(channel -> channels.add("c" + channel));
    input.put("steps", shape.steps()).put("sampleRateHz", 0);
    contract.putObject("output").put("name", NetworkFile.OUTPUT);
    ArrayNode labels = contract.putArray("labels");
    shape.labelNames().forEach(labels::add);
    contract.putObject("thresholds").put("lowConfidence", 0);
    golden(contract.putArray("golden").addObject(), shape, model, seed);
    return contract.toString();
  }

  private static void golden(ObjectNode sample, NetworkShape shape, byte[] model, long seed)
      throws OrtException {
    float[] values = window(shape, new Random(~seed));
    ArrayNode inputs = sample.putArray("values");
    for (float value : values) {
      inputs.add(value);
    }
    ArrayNode scores = sample.putArray("scores");
    for (float score : score(shape, model, values)) {
      scores.add(score);
    }
  }

  private static float[] score(NetworkShape shape, byte[] model, float[] values)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] dimensions = {1, shape.channels(), shape.steps()};
    try (OrtSession session = environment.createSession(model);
        OnnxTensor input =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), dimensions);
        OrtSession.Result result = session.run(Map.of(NetworkFile.INPUT, input))) {
      return ((float[][]) result.get(0).getValue())[0];
    }
  }

  /** A window with values from the standard normal distribution. */
  static float[] window(NetworkShape shape, Random random) {
    float[] values = new float[shape.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
