package dev.skerry.inference.model;

import dev.skerry.schemas.model.ModelContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How long a model takes, by itself, for batches of its golden samples. */
public final class ModelTrial {

  private static final int WARM_UP_RUNS = 5;
  private static final int MIN_RUNS = 20;
  private static final int MAX_RUNS = 500;
  private static final double PERCENTILE = 0.99;

  /**
   * One batch size.
   *
   * @param batch rows of a run
   * @param median of the runs' times
   * @param p99 the time that 99 of 100 runs keep
   */
  public record Timing(int batch, Duration median, Duration p99) {

    /** The median, divided by the rows. */
    public double microsPerRecord() {
      return median.toNanos() / 1e3 / batch;
    }
  }

  private ModelTrial() {}

  /**
   * Runs batches of 1, 2, 4 and so on.
   *
   * @param maxBatch the largest batch, 1 and up
   * @param budget about how long each size may take; at least 20 runs are made
   * @throws ScoringException when the model fails
   */
  public static List<Timing> times(ServedModel model, int maxBatch, Duration budget)
      throws ScoringException {
    ModelRun run = new ModelRun(model, maxBatch);
    fill(run, model.contract(), maxBatch);
    List<Timing> timings = new ArrayList<>();
    for (int batch = 1; batch < maxBatch; batch *= 2) {
      timings.add(time(run, batch, budget));
    }
    timings.add(time(run, maxBatch, budget));
    return timings;
  }

  private static void fill(ModelRun run, ModelContract contract, int rows) {
    for (int row = 0; row < rows; row++) {
      run.put(row, contract.golden().get(row % contract.golden().size()));
    }
  }

  private static Timing time(ModelRun run, int batch, Duration budget) throws ScoringException {
    for (int i = 0; i < WARM_UP_RUNS; i++) {
      run.run(batch);
    }
    long[] nanos = new long[MAX_RUNS];
    long begin = System.nanoTime();
    int runs = 0;
    while (runs < MIN_RUNS || (runs < MAX_RUNS && System.nanoTime() - begin < budget.toNanos())) {
      long start = System.nanoTime();
      run.run(batch);
      nanos[runs++] = System.nanoTime() - start;
    }
    Arrays.sort(nanos, 0, runs);
    return new Timing(
        batch,
        Duration.ofNanos(nanos[runs / 2]),
        Duration.ofNanos(nanos[Math.min(runs - 1, (int) (runs * PERCENTILE))]));
  }
}
