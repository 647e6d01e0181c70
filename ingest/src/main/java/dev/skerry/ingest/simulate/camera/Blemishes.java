package dev.skerry.ingest.simulate.camera;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws the mark of a defect: where it is, how large and how plain. */
final class Blemishes {

  private final RandomGenerator random;
  private final Part part;

  Blemishes(Part part, RandomGenerator random) {
    this.part = part;
    this.random = random;
  }

  Blemish draw(Defect defect) {
    double[] centre = part.pointInside(5, random);
    return switch (defect) {
      case OK -> (u, v, colour) -> {};
      case SCRATCH -> scratch(centre[0], centre[1]);
      case DENT -> dent(centre[0], centre[1]);
      case STAIN -> stain(centre[0], centre[1]);
      case CRACK -> crack(centre[0], centre[1]);
    };
  }

  /** A fine groove: bright metal in it, and a shadow on the side away from the light. */
  private Blemish scratch(double u, double v) {
    double length = random.nextDouble(14, 46);
    double heading = random.nextDouble(0, 2 * Math.PI);
    double width = random.nextDouble(0.5, 1.4);
    Line line =
        Line.wandering(
            u - 0.5 * length * StrictMath.cos(heading),
            v - 0.5 * length * StrictMath.sin(heading),
            heading,
            length,
            8,
            0.05,
            width,
            random);
    double shine = random.nextDouble(0.12, 0.42);
    double shadow = random.nextDouble(0.05, 0.25);
    return (x, y, colour) -> {
      double cover = line.cover(x, y);
      colour.blend(shine * cover, 1, 1, 1);
      double beside = line.sideDistance(x, y) - width;
      if (cover < 1 && beside > 0 && beside < 1.2) {
        colour.scale(1 - shadow * (1 - beside / 1.2));
      }
    };
  }

  /** A hollow: its slope faces the light on one side and turns away from it on the other. */
  private Blemish dent(double u, double v) {
    double radius = random.nextDouble(3.5, 9);
    double stretch = random.nextDouble(0.7, 1.4);
    double depth = random.nextDouble(0.22, 0.6);
    double lightU = part.lightU();
    double lightV = part.lightV();
    return (x, y, colour) -> {
      double du = (x - u) / (radius * stretch);
      double dv = (y - v) * stretch / radius;
      double square = du * du + dv * dv;
      if (square < 6) {
        double slope = Math.sqrt(2 * Math.E) * StrictMath.exp(-square);
        colour.scale(1 - depth * slope * (du * lightU + dv * lightV));
      }
    };
  }

  /** A film of oil, water or rust with an uneven border. */
  private Blemish stain(double u, double v) {
    double radius = random.nextDouble(5, 14);
    Noise border = new Noise(random.nextLong());
    double strength = random.nextDouble(0.14, 0.42);
    double rust = random.nextDouble(0, 1);
    double ring = random.nextDouble(0, 0.4);
    return (x, y, colour) -> {
      double distance = Math.sqrt((x - u) * (x - u) + (y - v) * (y - v));
      if (distance > 2 * radius) {
        return;
      }
      double uneven = radius * (1 + 0.5 * border.at(x / 4, y / 4) + 0.3 * border.at(x / 9, y / 9));
      double inside = Math.max(0, Math.min(1, (uneven - distance) / 2.5 + 0.5));
      double rim = Math.max(0, 1 - Math.abs(uneven - distance) / 2);
      double share = Math.min(0.8, strength * (inside + ring * rim));
      colour.blend(share, 0.22 + 0.2 * rust, 0.16 + 0.06 * rust, 0.12 - 0.04 * rust);
    };
  }

  /** A dark jagged gap with a branch or two. */
  private Blemish crack(double u, double v) {
    List<Line> lines = new ArrayList<>();
    double length = random.nextDouble(14, 42);
    double width = random.nextDouble(0.4, 1.3);
    double heading = random.nextDouble(0, 2 * Math.PI);
    Line stem = Line.wandering(u, v, heading, length, 12, 0.5, width, random);
    lines.add(stem);
    for (int branch = random.nextInt(3); branch > 0; branch--) {
      int from = random.nextInt(3, 10);
      double aside = heading + (random.nextBoolean() ? 0.8 : -0.8);
      lines.add(
          Line.wandering(
              stem.u(from), stem.v(from), aside, 0.4 * length, 5, 0.5, 0.8 * width, random));
    }
    double darkness = random.nextDouble(0.35, 0.8);
    return (x, y, colour) -> {
      double cover = 0;
      for (Line line : lines) {
        cover = Math.max(cover, line.cover(x, y));
      }
      colour.scale(1 - darkness * cover);
    };
  }
}
