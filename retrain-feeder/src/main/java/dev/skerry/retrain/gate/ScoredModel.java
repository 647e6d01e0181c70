package dev.skerry.retrain.gate;

import dev.skerry.retrain.train.graph.GraphSession;
import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Normalisation;
import dev.skerry.schemas.model.OnnxFile;
import dev.skerry.schemas.model.ReadingsInput;
import dev.skerry.schemas.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A classifier of readings that the gate scores windows with, on one thread. Throws {@link
 * GateException} for a model that it cannot judge. Used by one thread.
 */
final class ScoredModel implements AutoCloseable {

  private static final int BATCH = 64;
  private static final float GOLDEN_TOLERANCE = 1e-4f;

  private final OnnxFile file;
  private final ModelContract contract;
  private final ReadingsInput input;
  private final GraphSession session;

  /** What a model said of a window. */
  record Answer(String label, double confidence, boolean inDoubt) {}

  private ScoredModel(OnnxFile file, ModelContract contract, GraphSession session) {
    this.file = file;
    this.contract = contract;
    this.input = contract.readings();
    this.session = session;
  }

  static ScoredModel open(Path path) {
    try {
      OnnxFile file = OnnxFile.read(path);
      ModelContract contract = file.contract();
      if (contract.task() != Task.CLASSIFY || !(contract.input() instanceof ReadingsInput input)) {
        throw new GateException(
            contract.name() + " is no classifier of readings, and the gate judges no other");
      }
      ScoredModel model =
          new ScoredModel(
              file,
              contract,
              new GraphSession(
                  Files.readAllBytes(path), input.name(), input.channels().size(), input.steps()));
      model.requireGolden();
      return model;
    } catch (IllegalArgumentException e) {
      throw new GateException(path + " is no model that can serve: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new GateException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  ModelContract contract() {
    return contract;
  }

  OnnxFile file() {
    return file;
  }

  boolean takes(HeldBack.Labelled window) {
    return window.values().length == input.channels().size() * input.steps();
  }

  List<Answer> answers(List<HeldBack.Labelled> windows) {
    List<Answer> answers = new ArrayList<>();
    for (int from = 0; from < windows.size(); from += BATCH) {
      List<float[]> batch =
          windows.subList(from, Math.min(windows.size(), from + BATCH)).stream()
              .map(window -> scaled(window.values()))
              .toList();
      for (float[] scores : session.run(batch)) {
        answers.add(answer(probabilities(scores)));
      }
    }
    return answers;
  }

  /** Runs so many windows, for timing. */
  void run(List<float[]> batch) {
    session.run(batch);
  }

  int inputValues() {
    return input.channels().size() * input.steps();
  }

  private Answer answer(double[] probabilities) {
    int best = 0;
    for (int label = 1; label < probabilities.length; label++) {
      if (probabilities[label] > probabilities[best]) {
        best = label;
      }
    }
    double confidence = probabilities[best];
    return new Answer(
        contract.labels().get(best),
        confidence,
        confidence < contract.thresholds().lowConfidence());
  }

  private double[] probabilities(float[] scores) {
    double[] probabilities = new double[scores.length];
    Arrays.setAll(probabilities, i -> scores[i]);
    if (contract.output().logits()) {
      double largest = Arrays.stream(probabilities).max().orElse(0);
      Arrays.setAll(probabilities, i -> Math.exp(scores[i] - largest));
      double sum = Arrays.stream(probabilities).sum();
      Arrays.setAll(probabilities, i -> probabilities[i] / sum);
    }
    return probabilities;
  }

  private float[] scaled(float[] values) {
    Normalisation normalise = input.normalise();
    if (normalise == null) {
      return values;
    }
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int channel = i / input.steps();
      scaled[i] = (values[i] - normalise.shift().get(channel)) / normalise.divisor().get(channel);
    }
    return scaled;
  }

  /** What every runtime must give, this one gives too; else the features are others than served. */
  private void requireGolden() {
    for (GoldenSample sample : contract.golden()) {
      float[] values = new float[sample.values().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = sample.values().get(i);
      }
      double[] got = probabilities(session.run(List.of(scaled(values)))[0]);
      for (int i = 0; i < got.length; i++) {
        if (!(Math.abs(got[i] - sample.scores().get(i)) <= GOLDEN_TOLERANCE)) {
          close();
          throw new GateException(
              "%s %s gives %s for %s of a golden sample, and its contract says %s"
                  .formatted(
                      contract.name(),
                      contract.version(),
                      got[i],
                      contract.labels().get(i),
                      sample.scores().get(i)));
        }
      }
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
