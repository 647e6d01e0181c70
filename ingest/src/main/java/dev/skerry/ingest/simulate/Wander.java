package dev.skerry.ingest.simulate;

/**
 * A quantity that wanders slowly and smoothly around zero, as a random walk that is pulled back
 * would, yet is found at any index without those before it: noise interpolated between knots, in
 * two octaves. Its standard deviation is below 1.
 */
public final class Wander {

  private static final int SLOW_PERIOD = 256;
  private static final int FAST_PERIOD = 32;

  private Wander() {}

  /** Where it is at an index, 0 and up. */
  public static double at(Seed seed, long index) {
    return 0.8 * interpolated(seed.child(0), index, SLOW_PERIOD)
        + 0.6 * interpolated(seed.child(1), index, FAST_PERIOD);
  }

  private static double interpolated(Seed seed, long index, int period) {
    double t = (double) (index % period) / period;
    double smooth = t * t * (3 - 2 * t);
    double before = knot(seed, index / period);
    return before + smooth * (knot(seed, index / period + 1) - before);
  }

  private static double knot(Seed seed, long index) {
    return Math.max(-2, Math.min(2, seed.child(index).random().nextGaussian()));
  }
}
