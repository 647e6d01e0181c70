package dev.skerry.local.mirror.backlog;

/**
 * How fast something grows per second, averaged exponentially over about ten minutes. Not
 * thread-safe.
 */
final class GrowthRate {

  private static final double MEMORY_SECONDS = 600;

  /** A burst is no rate: what was seen for less than this says nothing about days. */
  private static final double LEAST_SECONDS = 300;

  private boolean started;
  private double total;
  private long atMillis;
  private double perSecond;
  private double observedSeconds;

  /** Takes the total at a time; one that fell starts anew and keeps the rate. */
  void observe(double newTotal, long nowMillis) {
    double seconds = (nowMillis - atMillis) / 1e3;
    if (started && newTotal >= total && seconds > 0) {
      observedSeconds = Math.min(MEMORY_SECONDS, observedSeconds + seconds);
      double weight = seconds / observedSeconds;
      perSecond += weight * ((newTotal - total) / seconds - perSecond);
    }
    started = true;
    total = newTotal;
    atMillis = nowMillis;
  }

  /** The rate; 0 until it has been observed for five minutes. */
  double perSecond() {
    return observedSeconds < LEAST_SECONDS ? 0 : perSecond;
  }
}
