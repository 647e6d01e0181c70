package dev.skerry.ingest.simulate.camera;

/** The outline of a part. Lengths are in {@link Picture units}, around the part's centre. */
enum Shape {
  DISC {
    @Override
    double distance(double u, double v, double size, double aspect) {
      return Math.sqrt(u * u + v * v) - size;
    }
  },
  RING {
    @Override
    double distance(double u, double v, double size, double aspect) {
      double radius = Math.sqrt(u * u + v * v);
      return Math.max(radius - size, HOLE_SHARE * aspect * size - radius);
    }
  },
  PLATE {
    @Override
    double distance(double u, double v, double size, double aspect) {
      double corner = 0.15 * size;
      double du = Math.abs(u) - (size - corner);
      double dv = Math.abs(v) - (size * aspect - corner);
      double outside = Math.hypot(Math.max(du, 0), Math.max(dv, 0));
      return outside + Math.min(Math.max(du, dv), 0) - corner;
    }
  },
  NUT {
    @Override
    double distance(double u, double v, double size, double aspect) {
      double flat = 0.93 * size;
      double x = Math.abs(u);
      double y = Math.abs(v);
      double hexagon = Math.max(x * 0.8660254 + y * 0.5, y) - flat;
      return Math.max(hexagon, HOLE_SHARE * aspect * size - Math.sqrt(u * u + v * v));
    }
  };

  private static final double HOLE_SHARE = 0.42;

  /**
   * How far a point is outside; negative inside.
   *
   * @param size half of the part's length
   * @param aspect width by length of a plate, 0.6 to 1; it varies the holes of the others
   */
  abstract double distance(double u, double v, double size, double aspect);
}
