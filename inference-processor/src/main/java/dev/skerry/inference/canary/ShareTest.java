package dev.skerry.inference.canary;

/**
 * Whether the share of something among independent cases is above or below a limit, asked as often
 * as one likes: a mixture of likelihood ratios against the limit (Robbins, 1970; Johari, Pekelis
 * and Walsh, 2015), which is a martingale at the limit and falls on its other side. By Ville's
 * inequality it ever reaches 1/α with probability α at most, so that looking often costs nothing.
 */
final class ShareTest {

  private static final int POINTS = 32;
  private static final double SMALLEST = 1e-4;

  private ShareTest() {}

  /**
   * The evidence that the share is above the limit, as a logarithm.
   *
   * @param cases how many there were
   * @param hits how many of them count
   * @param limit 0 to 1
   */
  static double logEvidenceAbove(long cases, long hits, double limit) {
    double at = Math.min(1 - SMALLEST, Math.max(SMALLEST, limit));
    return mixture(cases, hits, at, 1 - at);
  }

  /** The evidence that the share is below the limit, as a logarithm. */
  static double logEvidenceBelow(long cases, long hits, double limit) {
    double at = Math.min(1 - SMALLEST, Math.max(SMALLEST, limit));
    return mixture(cases, hits, at, -at);
  }

  /** Of shares from the limit on in one direction, denser towards the limit. */
  private static double mixture(long cases, long hits, double limit, double reach) {
    double largest = Double.NEGATIVE_INFINITY;
    double[] logs = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      double step = (i + 0.5) / POINTS;
      double share = limit + reach * step * step;
      logs[i] =
          hits * Math.log(share / limit)
              + (cases - hits) * Math.log((1 - share) / (1 - limit))
              - Math.log(POINTS);
      largest = Math.max(largest, logs[i]);
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - largest);
    }
    return largest + Math.log(sum);
  }
}
