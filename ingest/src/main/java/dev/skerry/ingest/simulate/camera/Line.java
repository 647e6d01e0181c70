package dev.skerry.ingest.simulate.camera;

import java.util.random.RandomGenerator;

/** A line of straight pieces on a part, with a width that goes to nothing at its ends. */
final class Line {

  private final double[] us;
  private final double[] vs;
  private final double width;

  private Line(int points, double width) {
    this.us = new double[points];
    this.vs = new double[points];
    this.width = width;
  }

  /**
   * A line that wanders.
   *
   * @param length of all pieces together
   * @param pieces how many, 1 and up
   * @param unrest how far each piece turns from the one before it, radians RMS
   */
  static Line wandering(
      double u,
      double v,
      double heading,
      double length,
      int pieces,
      double unrest,
      double width,
      RandomGenerator random) {
    Line line = new Line(pieces + 1, width);
    line.us[0] = u;
    line.vs[0] = v;
    double direction = heading;
    for (int i = 1; i <= pieces; i++) {
      direction += unrest * random.nextGaussian();
      line.us[i] = line.us[i - 1] + length / pieces * StrictMath.cos(direction);
      line.vs[i] = line.vs[i - 1] + length / pieces * StrictMath.sin(direction);
    }
    return line;
  }

  double endU() {
    return us[us.length - 1];
  }

  double endV() {
    return vs[vs.length - 1];
  }

  double u(int point) {
    return us[point];
  }

  double v(int point) {
    return vs[point];
  }

  /** How much of the line a point shows: 1 in its middle, 0 outside. */
  double cover(double u, double v) {
    double most = 0;
    for (int i = 0; i + 1 < us.length; i++) {
      double distance = distance(u, v, i);
      double half = 0.5 * width * taper((i + 0.5) / (us.length - 1));
      most = Math.max(most, Math.min(1, half + 0.5 - distance));
    }
    return most;
  }

  /** Distance to the line's middle, with its side as sign. */
  double sideDistance(double u, double v) {
    double nearest = Double.MAX_VALUE;
    double side = 1;
    for (int i = 0; i + 1 < us.length; i++) {
      double distance = distance(u, v, i);
      if (distance < nearest) {
        nearest = distance;
        double cross = (us[i + 1] - us[i]) * (v - vs[i]) - (vs[i + 1] - vs[i]) * (u - us[i]);
        side = Math.signum(cross);
      }
    }
    return side * nearest;
  }

  private double distance(double u, double v, int piece) {
    double du = us[piece + 1] - us[piece];
    double dv = vs[piece + 1] - vs[piece];
    double along = ((u - us[piece]) * du + (v - vs[piece]) * dv) / (du * du + dv * dv);
    double clamped = Math.max(0, Math.min(1, along));
    double restU = u - us[piece] - clamped * du;
    double restV = v - vs[piece] - clamped * dv;
    return Math.sqrt(restU * restU + restV * restV);
  }

  private static double taper(double position) {
    return Math.min(1, 4 * Math.min(position, 1 - position) + 0.3);
  }
}
