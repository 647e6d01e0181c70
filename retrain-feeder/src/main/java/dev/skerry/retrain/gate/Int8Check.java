package dev.skerry.retrain.gate;

import dev.skerry.retrain.gate.GateReport.ClassResult;
import dev.skerry.retrain.gate.GateReport.Int8;
import dev.skerry.retrain.gate.GateReport.Judged;
import dev.skerry.retrain.gate.GateReport.Side;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A candidate in eight bits beside itself in full, by the same windows. Immutable.
 *
 * @param gate its rules hold for both
 */
record Int8Check(Gate gate, HeldBack heldBack, Judged dataset) {

  GateReport judge(GateReport full, Path champion, Path candidate, Path int8)
      throws InterruptedException {
    GateReport small;
    try {
      small = gate.judge(heldBack, dataset, champion, int8);
    } catch (GateException e) {
      return full.with(
          new Int8(
              false, List.of(String.valueOf(e.getMessage())), full.candidate(), null, List.of()));
    }
    List<ClassResult> classes = classes(candidate, int8);
    List<String> failures = new ArrayList<>(small.failures());
    failures.addAll(failures(full.candidate(), small.candidate(), classes));
    boolean isTaken = failures.isEmpty();
    Int8 compared = new Int8(isTaken, failures, full.candidate(), small.candidate(), classes);
    return (isTaken ? small : full).with(compared);
  }

  private List<ClassResult> classes(Path full, Path int8) {
    try (ScoredModel one = ScoredModel.open(full);
        ScoredModel other = ScoredModel.open(int8)) {
      return Gate.classes(
          heldBack.windows(),
          one.answers(heldBack.windows()),
          other.answers(heldBack.windows()),
          one.contract().labels());
    }
  }

  private List<String> failures(Side full, Side small, List<ClassResult> classes) {
    List<String> failures = new ArrayList<>();
    if (!full.labels().equals(small.labels()) || !full.version().equals(small.version())) {
      failures.add("it is %s with %s".formatted(small.version(), small.labels()));
    }
    for (ClassResult result : classes) {
      if (gate.isWorse(result)) {
        failures.add(
            "of %s it loses %d of %d windows and wins %d"
                .formatted(result.label(), result.lost(), result.windows(), result.won()));
      }
    }
    if (small.microsInBatch() >= full.microsInBatch() && small.bytes() >= full.bytes()) {
      failures.add("it is neither faster nor smaller");
    }
    return failures;
  }
}
