package dev.skerry.retrain.gate;

import dev.skerry.retrain.gate.HeldBack.Labelled;
import dev.skerry.retrain.train.graph.GraphSession;
import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.OnnxFile;
import dev.skerry.schemas.model.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A classifier of readings or frames that the gate scores windows with, on one thread. Throws
 * {@link GateException} for a model that it cannot judge. Used by one thread.
 */
final class ScoredModel implements AutoCloseable {

  private static final int MOST_ROWS = 64;
  private static final int MOST_BYTES = 16 << 20;
  private static final float GOLDEN_TOLERANCE = 1e-4f;

  private final OnnxFile file;
  private final ModelContract contract;
  private final InputRows input;
  private final GraphSession session;

  /** What a model said of a window. */
  record Answer(String label, double confidence, boolean inDoubt) {}

  private ScoredModel(OnnxFile file, ModelContract contract, GraphSession session) {
    this.file = file;
    this.contract = contract;
    this.input = InputRows.of(contract.input());
    this.session = session;
  }

  static ScoredModel open(Path path) {
    try {
      OnnxFile file = OnnxFile.read(path);
      ModelContract contract = file.contract();
      if (contract.task() != Task.CLASSIFY) {
        throw new GateException(
            contract.name() + " is no classifier, and the gate judges nothing else");
      }
      ScoredModel model =
          new ScoredModel(
              file, contract, new GraphSession(Files.readAllBytes(path), contract.input()));
      return requireGolden(model);
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

  boolean takes(Labelled window) {
    return input.takes(window);
  }

  List<Answer> answers(List<Labelled> windows) {
    List<Answer> answers = new ArrayList<>();
    int batch = batch();
    for (int from = 0; from < windows.size(); from += batch) {
      List<Labelled> some = windows.subList(from, Math.min(windows.size(), from + batch));
      ByteBuffer rows = rows(some.size());
      some.forEach(window -> input.put(window, rows));
      for (float[] scores : session.run(rows.rewind(), some.size())) {
        answers.add(answer(probabilities(scores)));
      }
    }
    return answers;
  }

  /** How many rows it scores at once: 64, fewer of large frames. */
  int batch() {
    return Math.max(1, Math.min(MOST_ROWS, MOST_BYTES / input.bytesPerRow()));
  }

  /** So many rows of zeros. */
  ByteBuffer rows(int count) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(count, input.bytesPerRow()))
        .order(ByteOrder.nativeOrder());
  }

  /** Runs so many rows, for timing. */
  void run(ByteBuffer rows, int count) {
    session.run(rows, count);
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

  /** What every runtime must give, this one gives too; else the features are others than served. */
  private static ScoredModel requireGolden(ScoredModel model) {
    try {
      model.requireGolden();
      return model;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private void requireGolden() {
    for (GoldenSample sample : contract.golden()) {
      ByteBuffer row = rows(1);
      input.put(sample, row);
      double[] got = probabilities(session.run(row.rewind(), 1)[0]);
      for (int i = 0; i < got.length; i++) {
        if (!(Math.abs(got[i] - sample.scores().get(i)) <= GOLDEN_TOLERANCE)) {
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
