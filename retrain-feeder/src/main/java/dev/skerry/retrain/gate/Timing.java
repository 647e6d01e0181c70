package dev.skerry.retrain.gate;

import java.nio.ByteBuffer;
import java.util.Arrays;

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

  static Timing of(ScoredModel champion, ScoredModel candidate) {
    double[] alone = medians(champion, candidate, 1);
    double[] batch = medians(champion, candidate, Math.min(champion.batch(), candidate.batch()));
    return new Timing(alone[0], alone[1], batch[0], batch[1]);
  }

  private static double[] medians(ScoredModel champion, ScoredModel candidate, int rows) {
    ByteBuffer first = champion.rows(rows);
    ByteBuffer second = candidate.rows(rows);
    long[] one = new long[RUNS];
    long[] other = new long[RUNS];
    for (int run = 0; run < RUNS; run++) {
      one[run] = nanos(champion, first, rows);
      other[run] = nanos(candidate, second, rows);
    }
    return new double[] {median(one) / rows, median(other) / rows};
  }

  private static long nanos(ScoredModel model, ByteBuffer batch, int rows) {
    long start = System.nanoTime();
    model.run(batch, rows);
    return System.nanoTime() - start;
  }

  private static double median(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2] / 1e3;
  }
}
