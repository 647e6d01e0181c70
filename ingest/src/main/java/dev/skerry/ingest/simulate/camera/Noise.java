package dev.skerry.ingest.simulate.camera;

/**
 * Smooth noise over the plane: random values, uniform from -1 to 1, at the whole numbers, and a
 * smooth transition between them (value noise). Immutable.
 */
record Noise(long seed) {

  double at(double x, double y) {
    long left = (long) Math.floor(x);
    long top = (long) Math.floor(y);
    double right = smooth(x - left);
    double down = smooth(y - top);
    double above = mix(knot(left, top), knot(left + 1, top), right);
    double below = mix(knot(left, top + 1), knot(left + 1, top + 1), right);
    return mix(above, below, down);
  }

  private double knot(long x, long y) {
    long z = seed ^ (x * 0x9E3779B97F4A7C15L) ^ (y * 0xC2B2AE3D27D4EB4FL);
    z = (z ^ (z >>> 32)) * 0xD6E8FEB86659FD93L;
    z = (z ^ (z >>> 32)) * 0xD6E8FEB86659FD93L;
    return (double) (z >> 11) / (1L << 52);
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double mix(double from, double to, double share) {
    return from + share * (to - from);
  }
}
