package dev.skerry.retrain.gate;

import dev.skerry.retrain.gate.GateReport.ClassResult;
import dev.skerry.retrain.gate.GateReport.Judged;
import dev.skerry.retrain.gate.GateReport.Side;
import dev.skerry.retrain.gate.HeldBack.Labelled;
import dev.skerry.retrain.gate.ScoredModel.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Judges a candidate beside the champion by windows that neither was trained on. A candidate passes
 * where it is better on the whole, worse on no class, not too sure of itself and not too slow.
 * Immutable.
 *
 * @param rules what it has to keep
 */
public record Gate(GateRules rules) {

  /**
   * Judges.
   *
   * @param dataset what the windows are of; for the report
   * @throws GateException where one of the two is no model that can be judged
   */
  public GateReport judge(HeldBack heldBack, Judged dataset, Path champion, Path candidate)
      throws InterruptedException {
    List<Labelled> windows = heldBack.windows();
    try (ScoredModel one = ScoredModel.open(champion);
        ScoredModel other = ScoredModel.open(candidate)) {
      requireComparable(one, other, windows);
      List<Answer> before = one.answers(windows);
      List<Answer> after = other.answers(windows);
      List<ClassResult> classes = classes(windows, before, after, one.contract().labels());
      Timing timing = Timing.of(one, other);
      Side championSide = side(one, windows, before, classes, /* isCandidate= */ false, timing);
      Side candidateSide = side(other, windows, after, classes, /* isCandidate= */ true, timing);
      List<String> failures = new ArrayList<>();
      failures.addAll(classFailures(classes, one, other));
      failures.addAll(failures(championSide, candidateSide, other));
      TargetCheck.Result check = new TargetCheck(rules).run(candidate);
      check.failure().ifPresent(failures::add);
      return new GateReport(
          failures.isEmpty(),
          failures,
          dataset,
          championSide,
          candidateSide,
          classes,
          Expected.of(windows, before, after),
          check.output(),
          null);
    }
  }

  /**
   * Judges a candidate that may come in two forms. The one in eight bits is taken where it passes
   * by itself, loses next to nothing against the one in full, and is faster or smaller.
   *
   * @param int8 the same candidate in eight bits; a file that need not be there
   * @return the report of the form that is taken
   */
  public GateReport judge(
      HeldBack heldBack, Judged dataset, Path champion, Path candidate, Path int8)
      throws InterruptedException {
    GateReport full = judge(heldBack, dataset, champion, candidate);
    return Files.exists(int8)
        ? new Int8Check(this, heldBack, dataset).judge(full, champion, candidate, int8)
        : full;
  }

  private static void requireComparable(
      ScoredModel champion, ScoredModel candidate, List<Labelled> windows) {
    if (!champion.contract().name().equals(candidate.contract().name())
        || !champion.contract().stream().equals(candidate.contract().stream())) {
      throw new GateException(
          "The candidate is %s for the stream %s, and the champion %s for %s: sites would not take it"
              .formatted(
                  candidate.contract().name(),
                  candidate.contract().stream(),
                  champion.contract().name(),
                  champion.contract().stream()));
    }
    if (windows.isEmpty()) {
      throw new GateException("There is nothing to judge by: no held-back window has a label");
    }
    for (Labelled window : windows) {
      if (!champion.takes(window) || !candidate.takes(window)) {
        throw new GateException(
            "A held-back window of " + window.deviceId() + " is not of the shape that both take");
      }
    }
  }

  static List<ClassResult> classes(
      List<Labelled> windows, List<Answer> before, List<Answer> after, List<String> known) {
    TreeSet<String> labels = new TreeSet<>(known);
    windows.forEach(window -> labels.add(window.truth()));
    List<ClassResult> results = new ArrayList<>();
    for (String label : labels) {
      long count = 0;
      long both = 0;
      long lost = 0;
      long won = 0;
      for (int i = 0; i < windows.size(); i++) {
        if (windows.get(i).truth().equals(label)) {
          boolean was = before.get(i).label().equals(label);
          boolean is = after.get(i).label().equals(label);
          count++;
          both += was && is ? 1 : 0;
          lost += was && !is ? 1 : 0;
          won += !was && is ? 1 : 0;
        }
      }
      double n = Math.max(1, count);
      results.add(
          new ClassResult(
              label,
              count,
              (both + lost) / n,
              (both + won) / n,
              lost,
              won,
              !known.contains(label)));
    }
    return results;
  }

  private List<String> classFailures(
      List<ClassResult> classes, ScoredModel champion, ScoredModel candidate) {
    List<String> failures = new ArrayList<>();
    for (ClassResult result : classes) {
      boolean isKnown = champion.contract().labels().contains(result.label());
      boolean isNamed = candidate.contract().labels().contains(result.label());
      if (isKnown && !isNamed) {
        failures.add("it does not know " + result.label() + ", which the champion knows");
      } else if (isNamed && result.windows() < rules.minClassWindows()) {
        failures.add(
            "%s has %d held-back windows, and %d are needed to judge by"
                .formatted(result.label(), result.windows(), rules.minClassWindows()));
      } else if (isKnown && isWorse(result)) {
        failures.add(
            "it is worse on %s: recall %s after %s (%d of %d windows lost, %d won)"
                .formatted(
                    result.label(),
                    share(result.candidateRecall()),
                    share(result.championRecall()),
                    result.lost(),
                    result.windows(),
                    result.won()));
      }
    }
    return failures;
  }

  /** One window is no evidence; more than the allowed share of a class is. */
  boolean isWorse(ClassResult result) {
    return result.lost() - result.won() > Math.max(1, rules.maxRecallLoss() * result.windows());
  }

  private List<String> failures(Side champion, Side candidate, ScoredModel model) {
    List<String> failures = new ArrayList<>();
    if (candidate.balancedAccuracy() < champion.balancedAccuracy() + rules.minGain()
        || candidate.balancedAccuracy() <= champion.balancedAccuracy()) {
      failures.add(
          "it is no better: balanced accuracy %s after %s"
              .formatted(share(candidate.balancedAccuracy()), share(champion.balancedAccuracy())));
    }
    if (candidate.calibrationError()
        > Math.max(rules.maxCalibrationError(), champion.calibrationError())) {
      failures.add(
          "its confidence is %s off on average, and %s may be"
              .formatted(share(candidate.calibrationError()), share(rules.maxCalibrationError())));
    }
    if (candidate.microsInBatch() > rules.maxSlowdown() * champion.microsInBatch()) {
      failures.add(
          String.format(
              Locale.ROOT,
              "it takes %.0f us a window after %.0f",
              candidate.microsInBatch(),
              champion.microsInBatch()));
    }
    Float targetMillis = model.contract().latencyTargetMillis();
    if (targetMillis != null && candidate.microsAlone() / 1e3 > targetMillis) {
      failures.add("one window alone takes longer than its latency target of " + targetMillis);
    }
    return failures;
  }

  private static Side side(
      ScoredModel model,
      List<Labelled> windows,
      List<Answer> answers,
      List<ClassResult> classes,
      boolean isCandidate,
      Timing timing) {
    List<Boolean> right = new ArrayList<>();
    long hits = 0;
    for (int i = 0; i < windows.size(); i++) {
      boolean isRight = answers.get(i).label().equals(windows.get(i).truth());
      right.add(isRight);
      hits += isRight ? 1 : 0;
    }
    List<Calibration.Bin> bins = Calibration.bins(answers, right);
    return new Side(
        model.contract().name(),
        model.contract().version(),
        model.file().sha256(),
        model.contract().labels(),
        (double) hits / windows.size(),
        classes.stream()
            .filter(result -> result.windows() > 0)
            .mapToDouble(result -> isCandidate ? result.candidateRecall() : result.championRecall())
            .average()
            .orElse(0),
        Calibration.error(bins),
        bins,
        isCandidate ? timing.candidateAloneMicros() : timing.championAloneMicros(),
        isCandidate ? timing.candidateMicros() : timing.championMicros(),
        model.file().sizeBytes());
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.3f", share);
  }
}
