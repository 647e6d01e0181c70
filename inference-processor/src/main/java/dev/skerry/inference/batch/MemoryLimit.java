package dev.skerry.inference.batch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many rows of one model fit the device's memory at once, as far as that was found out: halved
 * when they do not, and doubled again, carefully, when they have for long. Not thread-safe.
 */
final class MemoryLimit {

  private static final Logger log = LoggerFactory.getLogger(MemoryLimit.class);

  /** Memory that others took may be free again; to find out costs a failed run. */
  private static final int RUNS_BEFORE_MORE = 1_000;

  private final String model;
  private final int capacity;
  private int rows;
  private int runsWithout;

  MemoryLimit(String model, int capacity) {
    this.model = model;
    this.capacity = capacity;
    this.rows = capacity;
  }

  int rows() {
    return rows;
  }

  /** So many rows were too many; fewer are run from now on. */
  void exceeded(int rowCount) {
    runsWithout = 0;
    rows = Math.max(1, rowCount / 2);
    log.warn("{} rows of {} exceed the device's memory; {} are run", rowCount, model, rows);
  }

  void kept() {
    if (rows < capacity && ++runsWithout >= RUNS_BEFORE_MORE) {
      runsWithout = 0;
      rows = Math.min(capacity, rows * 2);
    }
  }
}
