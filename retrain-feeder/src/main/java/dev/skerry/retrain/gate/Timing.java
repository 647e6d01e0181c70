package dev.skerry.retrain.gate;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What a window costs, on one thread, both models in turn so that a pause of the machine meets both
 * alike: medians, in microseconds.
 */
record Timing(
    double championAloneMicros,
    double candidateAloneMicros,
    double championMicros,
    double candidateMicros) {

  private static final int RUNS = 40;
  private static final int BATCH = 64;

  static Timing of(ScoredModel champion, ScoredModel candidate) {
    double[] alone = medians(champion, candidate, 1);
    double[] batch = medians(champion, candidate, BATCH);
    return new Timing(alone[0], alone[1], batch[0], batch[1]);
  }

  private static double[] medians(ScoredModel champion, ScoredModel candidate, int rows) {
    List<float[]> first = Collections.nCopies(rows, new float[champion.inputValues()]);
    List<float[]> second = Collections.nCopies(rows, new float[candidate.inputValues()]);
    long[] one = new long[RUNS];
    long[] other = new long[RUNS];
    for (int run = 0; run < RUNS; run++) {
      one[run] = nanos(champion, first);
      other[run] = nanos(candidate, second);
    }
    return new double[] {median(one) / rows, median(other) / rows};
  }

  private static long nanos(ScoredModel model, List<float[]> batch) {
    long start = System.nanoTime();
    model.run(batch);
    return System.nanoTime() - start;
  }

  private static double median(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2] / 1e3;
  }
}
