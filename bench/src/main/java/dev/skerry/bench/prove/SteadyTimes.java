package dev.skerry.bench.prove;

import java.util.ArrayList;
import java.util.List;

/**
 * How long it took until everything was as before, in seconds.
 *
 * @param p50 the median
 * @param p99 99 of 100 are not above it
 * @param max the longest
 */
record SteadyTimes(double p50, double p99, double max) {

  /** Of these; zeros where there are none. */
  static SteadyTimes of(List<Double> seconds) {
    if (seconds.isEmpty()) {
      return new SteadyTimes(0, 0, 0);
    }
    List<Double> sorted = new ArrayList<>(seconds);
    sorted.sort(null);
    return new SteadyTimes(at(sorted, 0.50), at(sorted, 0.99), sorted.get(sorted.size() - 1));
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }
}
