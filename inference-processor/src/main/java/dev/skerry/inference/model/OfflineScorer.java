package dev.skerry.inference.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Normalisation;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Scores one record at a time with a plain session, sharing nothing with the workers' path, so that
 * their scores can be compared with it: it normalises, and reads the output, in its own plain way.
 * Not thread-safe.
 */
public final class OfflineScorer implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final ModelContract contract;

  /** Opens a model file; throws {@link InvalidModelException} for one that cannot be run. */
  public OfflineScorer(Path model) {
    try {
      this.session = environment.createSession(model.toString());
      this.contract = ModelLoader.contract(ModelLoader.header(model));
    } catch (OrtException e) {
      throw new InvalidModelException("The model " + model + " cannot be run", e);
    }
  }

  public ModelContract contract() {
    return contract;
  }

  /**
   * The scores of one window, as a detection carries them.
   *
   * @param values as in {@code Readings.values}: channels × steps
   * @return as many as the contract's score count
   */
  public float[] score(float[] values) {
    float[] input = normalise(values);
    float[] output = output(input);
    return switch (contract.task()) {
      case CLASSIFY -> contract.output().logits() ? softmax(output) : output;
      case ANOMALY ->
          contract.output().reconstruction() ? new float[] {squaredError(input, output)} : output;
      case REGRESS -> output;
      case DETECT -> throw new IllegalStateException("boxes are found in frames, not in readings");
    };
  }

  /** What the graph gives for one record's tensor, and nothing is done to either. */
  public float[] output(float[] tensor) {
    long[] shape =
        LongStream.concat(LongStream.of(1), LongStream.of(contract.input().shape())).toArray();
    try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(tensor), shape);
        OrtSession.Result result = session.run(Map.of(contract.input().name(), input))) {
      OnnxTensor output = (OnnxTensor) result.get(contract.output().name()).orElseThrow();
      float[] numbers = new float[contract.outputElements()];
      output.getFloatBuffer().get(numbers);
      return numbers;
    } catch (OrtException e) {
      throw new IllegalStateException(contract.name() + " cannot score the record", e);
    }
  }

  private float[] normalise(float[] values) {
    Normalisation normalisation = contract.readings().normalise();
    if (normalisation == null) {
      return values;
    }
    float[] normalised = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int channel = i / contract.readings().steps();
      normalised[i] =
          (values[i] - normalisation.shift().get(channel)) / normalisation.divisor().get(channel);
    }
    return normalised;
  }

  private static float[] softmax(float[] logits) {
    double largest = IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).max().orElse(0);
    double[] powers =
        IntStream.range(0, logits.length).mapToDouble(i -> Math.exp(logits[i] - largest)).toArray();
    double sum = Arrays.stream(powers).sum();
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) (powers[i] / sum);
    }
    return probabilities;
  }

  private static float squaredError(float[] input, float[] output) {
    return (float)
        IntStream.range(0, input.length)
            .mapToDouble(i -> Math.pow((double) input[i] - output[i], 2))
            .average()
            .orElseThrow();
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
