package dev.skerry.ingest.simulate.camera;

import java.util.random.RandomGenerator;

/**
 * One part as it lies under a camera. Lengths are in {@link Picture units}; the part's own
 * coordinates are around its centre and turn with it. Immutable.
 */
final class Part {

  private final Camera camera;
  private final double centreX;
  private final double centreY;
  private final double cos;
  private final double sin;
  private final Noise surface;
  private final double contrast;
  private final double shade;

  private Part(Camera camera, RandomGenerator random) {
    this.camera = camera;
    this.centreX = random.nextDouble(-camera.jitter(), camera.jitter());
    this.centreY = random.nextDouble(-camera.jitter(), camera.jitter());
    double angle = random.nextDouble(-camera.turns(), camera.turns());
    this.cos = StrictMath.cos(angle);
    this.sin = StrictMath.sin(angle);
    this.surface = new Noise(random.nextLong());
    this.contrast = camera.finishContrast() * random.nextDouble(0.7, 1.3);
    this.shade = camera.brightness() * random.nextDouble(0.93, 1.07);
  }

  static Part under(Camera camera, RandomGenerator random) {
    return new Part(camera, random);
  }

  double u(double x, double y) {
    return cos * (x - centreX) + sin * (y - centreY);
  }

  double v(double x, double y) {
    return cos * (y - centreY) - sin * (x - centreX);
  }

  /** The direction of the light in the part's coordinates. */
  double lightU() {
    return StrictMath.cos(camera.lightAngle()) * cos + StrictMath.sin(camera.lightAngle()) * sin;
  }

  double lightV() {
    return StrictMath.sin(camera.lightAngle()) * cos - StrictMath.cos(camera.lightAngle()) * sin;
  }

  /** How far a point is outside; negative inside. */
  double distance(double u, double v) {
    return camera.shape().distance(u, v, camera.size(), camera.aspect());
  }

  /** Brightness of the unhurt surface in even light, a little darker towards the edge. */
  double brightness(double u, double v, double distance) {
    double edge = Math.max(0, 1 + distance / 2.5);
    return shade * (1 + contrast * camera.finish().at(surface, u, v)) * (1 - 0.35 * edge);
  }

  /** A point at least so far from the edge, as u and v. */
  double[] pointInside(double marginFromEdge, RandomGenerator random) {
    while (true) {
      double u = random.nextDouble(-camera.size(), camera.size());
      double v = random.nextDouble(-camera.size(), camera.size());
      if (distance(u, v) < -marginFromEdge) {
        return new double[] {u, v};
      }
    }
  }
}
