package dev.skerry.inference.model;

import dev.skerry.inference.task.FoundBoxes;
import dev.skerry.inference.task.Interpretation;
import dev.skerry.inference.task.Verdict;
import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.GoldenSample.GoldenBox;
import dev.skerry.schemas.model.ModelContract;
import java.util.List;
import java.util.Optional;

/** Whether a model gives the answers that its contract's golden samples promise. */
public final class GoldenCheck {

  /** How far a score may be from its golden one, relative to it where it is above 1. */
  public static final float TOLERANCE = 1e-4f;

  /** How far an edge of a box may be from its golden one, as a share of the frame. */
  static final float BOX_TOLERANCE = 1e-3f;

  private GoldenCheck() {}

  /** What is wrong, in one sentence; empty where every sample gives its answer. */
  public static Optional<String> problem(ServedModel model) {
    ModelContract contract = model.contract();
    Interpretation interpretation = Interpretation.of(contract);
    Verdict verdict = new Verdict(contract);
    try {
      ModelRun run = new ModelRun(model, contract.golden().size());
      Optional<String> unusable = fill(run, contract.golden());
      if (unusable.isPresent()) {
        return unusable;
      }
      run.run(contract.golden().size());
      for (int row = 0; row < contract.golden().size(); row++) {
        interpretation.read(run.row(row), verdict);
        Optional<String> difference = compare(contract.golden().get(row), verdict, contract);
        if (difference.isPresent()) {
          return Optional.of("golden sample " + row + " gives " + difference.get());
        }
      }
      return Optional.empty();
    } catch (ScoringException e) {
      return Optional.of("the golden samples cannot be scored: " + e.getMessage());
    }
  }

  /** Returns what is wrong with a sample's input. */
  private static Optional<String> fill(ModelRun run, List<GoldenSample> samples) {
    for (int row = 0; row < samples.size(); row++) {
      Optional<String> problem = run.put(row, samples.get(row));
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> compare(
      GoldenSample sample, Verdict verdict, ModelContract contract) {
    for (int i = 0; i < sample.scores().size(); i++) {
      float expected = sample.scores().get(i);
      float actual = verdict.score(i);
      if (differs(actual, expected, TOLERANCE * Math.max(1, Math.abs(expected)))) {
        return Optional.of(
            "%s as score %d, and the contract promises %s".formatted(actual, i, expected));
      }
    }
    return compareBoxes(sample.boxes(), verdict.boxes(), contract.labels());
  }

  private static Optional<String> compareBoxes(
      List<GoldenBox> expected, FoundBoxes actual, List<String> labels) {
    if (actual.size() != expected.size()) {
      return Optional.of(
          "%d boxes, and the contract promises %d".formatted(actual.size(), expected.size()));
    }
    for (int i = 0; i < expected.size(); i++) {
      GoldenBox found =
          new GoldenBox(
              labels.get(actual.label(i)),
              actual.confidence(i),
              actual.x(i),
              actual.y(i),
              actual.width(i),
              actual.height(i));
      if (!isSame(found, expected.get(i))) {
        return Optional.of(
            "%s as box %d, and the contract promises %s".formatted(found, i, expected.get(i)));
      }
    }
    return Optional.empty();
  }

  private static boolean isSame(GoldenBox a, GoldenBox b) {
    return a.label().equals(b.label())
        && !differs(a.confidence(), b.confidence(), TOLERANCE)
        && !differs(a.x(), b.x(), BOX_TOLERANCE)
        && !differs(a.y(), b.y(), BOX_TOLERANCE)
        && !differs(a.width(), b.width(), BOX_TOLERANCE)
        && !differs(a.height(), b.height(), BOX_TOLERANCE);
  }

  /** A NaN differs from everything. */
  private static boolean differs(float actual, float expected, float tolerance) {
    return !(Math.abs(actual - expected) <= tolerance);
  }
}
