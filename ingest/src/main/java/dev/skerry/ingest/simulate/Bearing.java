package dev.skerry.ingest.simulate;

import java.util.random.RandomGenerator;

/**
 * The geometry of a rolling-element bearing and the frequencies at which its parts meet a defect,
 * for a fixed outer race. Formulas: R. B. Randall and J. Antoni, "Rolling element bearing
 * diagnostics: a tutorial", Mechanical Systems and Signal Processing 25 (2011), equations 1 to 4.
 *
 * @param balls number of rolling elements
 * @param diameterRatio ball diameter by pitch diameter, above 0 and below 1
 * @param contactAngleRadians angle of load from the radial plane
 */
public record Bearing(int balls, double diameterRatio, double contactAngleRadians) {

  /** Ball pass frequency of the outer race, by shaft speed. */
  public double bpfoOrder() {
    return balls / 2.0 * (1 - projected());
  }

  /** Ball pass frequency of the inner race, by shaft speed. */
  public double bpfiOrder() {
    return balls / 2.0 * (1 + projected());
  }

  /** Fundamental train frequency (of the cage), by shaft speed. */
  public double ftfOrder() {
    return 0.5 * (1 - projected());
  }

  /** Ball spin frequency, by shaft speed. */
  public double bsfOrder() {
    return (1 - projected() * projected()) / (2 * diameterRatio);
  }

  private double projected() {
    return diameterRatio * StrictMath.cos(contactAngleRadians);
  }

  /** Balls fill 55 to 85 % of the pitch circle; every third bearing has angular contact. */
  static Bearing draw(RandomGenerator random) {
    int balls = random.nextInt(7, 13);
    double ratio = Math.min(0.3, random.nextDouble(0.55, 0.85) * Math.PI / balls);
    double angleDegrees = random.nextInt(3) == 0 ? random.nextDouble(5, 30) : 0;
    return new Bearing(balls, ratio, StrictMath.toRadians(angleDegrees));
  }
}
