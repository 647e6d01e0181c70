package dev.skerry.inference.batch;

/**
 * What a round costs, learned while it runs: {@code fixed + perRecord * records}, by least squares
 * over measured rounds in which each older round weighs less (exponential forgetting), and the
 * spread around that line. Not thread-safe.
 *
 * <p>Where all rounds had the same size, a line cannot be told; then all of the cost is taken to be
 * per record, which errs on the safe side for larger rounds.
 */
public final class CostModel {

  /** A round weighs half as much as one that came some 70 rounds later. */
  private static final double FORGETTING = 0.99;

  /** Of a normal distribution, 99 % lie below the mean and so many standard deviations. */
  private static final double P99_DEVIATIONS = 2.33;

  /** A pause of the machine says nothing about rounds: further out than this it is cut off. */
  private static final double OUTLIER_DEVIATIONS = 5;

  private static final double MIN_DEVIATION_SHARE = 0.1;
  private static final int ROUNDS_BEFORE_RESIDUALS = 3; // Two points make a line.
  private static final int ROUNDS_BEFORE_OUTLIERS = 10;
  private static final double MIN_SIZE_VARIANCE = 1e-6;

  private double weight;
  private double meanSize;
  private double meanCost;
  private double sizeVariance;
  private double covariance;
  private double residualVariance;

  /** Whether anything was measured yet. */
  public boolean isFitted() {
    return weight > 0;
  }

  /** Learns from one round. */
  public void observe(int records, double nanos) {
    double learned = withoutOutlier(records, nanos);
    if (weight > ROUNDS_BEFORE_RESIDUALS) {
      double residual = learned - expectedNanos(records);
      residualVariance = FORGETTING * residualVariance + (1 - FORGETTING) * residual * residual;
    }
    weight = FORGETTING * weight + 1;
    double share = 1 / weight;
    double sizeStep = records - meanSize;
    double costStep = learned - meanCost;
    meanSize += share * sizeStep;
    meanCost += share * costStep;
    sizeVariance = (1 - share) * (sizeVariance + share * sizeStep * sizeStep);
    covariance = (1 - share) * (covariance + share * sizeStep * costStep);
  }

  private double withoutOutlier(int records, double nanos) {
    if (weight < ROUNDS_BEFORE_OUTLIERS) {
      return nanos;
    }
    double expected = expectedNanos(records);
    double deviation = Math.max(Math.sqrt(residualVariance), MIN_DEVIATION_SHARE * expected);
    return Math.min(nanos, expected + OUTLIER_DEVIATIONS * deviation);
  }

  /** What each further record costs, 0 and up. */
  public double nanosPerRecord() {
    if (!hasLine()) {
      return meanSize > 0 ? meanCost / meanSize : 0;
    }
    double slope = Math.max(0, covariance / sizeVariance);
    boolean throughOrigin = slope * meanSize > meanCost;
    return throughOrigin ? meanCost / meanSize : slope;
  }

  /** What a round costs whatever its size, 0 and up. */
  public double fixedNanos() {
    return Math.max(0, meanCost - nanosPerRecord() * meanSize);
  }

  /** The mean cost of a round of this size. */
  public double expectedNanos(int records) {
    return fixedNanos() + nanosPerRecord() * records;
  }

  /**
   * The largest round that ends within a budget 99 times of 100; 0 where not even one record does.
   */
  public int largestWithin(double budgetNanos, int maxInclusive) {
    double room = budgetNanos - fixedNanos() - P99_DEVIATIONS * Math.sqrt(residualVariance);
    double perRecord = nanosPerRecord();
    if (room < perRecord) {
      return 0;
    }
    return perRecord > 0 ? (int) Math.min(maxInclusive, room / perRecord) : maxInclusive;
  }

  /** The round that spends as much on its records as on itself, at least 1. */
  public int balanced(int maxInclusive) {
    double perRecord = nanosPerRecord();
    double size = perRecord > 0 ? fixedNanos() / perRecord : maxInclusive;
    return (int) Math.max(1, Math.min(maxInclusive, size));
  }

  private boolean hasLine() {
    return sizeVariance > MIN_SIZE_VARIANCE * meanSize * meanSize;
  }
}
