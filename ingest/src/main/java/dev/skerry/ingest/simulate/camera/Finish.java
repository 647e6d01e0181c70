package dev.skerry.ingest.simulate.camera;

/** What machining and coating leave on a surface. */
enum Finish {
  /** Lines along the part. */
  BRUSHED {
    @Override
    double at(Noise noise, double u, double v) {
      return 0.7 * noise.at(0.03 * u, 0.9 * v) + 0.3 * noise.at(0.1 * u + 91, 2.1 * v);
    }
  },
  /** Rings around its centre. */
  TURNED {
    @Override
    double at(Noise noise, double u, double v) {
      double radius = Math.sqrt(u * u + v * v);
      return 0.7 * noise.at(0.7 * radius, 0.4) + 0.3 * noise.at(0.15 * u + 37, 0.15 * v);
    }
  },
  /** Grains, as of casting or blasting. */
  GRAINED {
    @Override
    double at(Noise noise, double u, double v) {
      return 0.5 * noise.at(0.5 * u, 0.5 * v) + 0.5 * noise.at(1.3 * u + 53, 1.3 * v);
    }
  };

  /** How much brighter or darker it is there, about -1 to 1. */
  abstract double at(Noise noise, double u, double v);
}
