package dev.skerry.ingest.simulate.camera;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * What a camera sees of one part. A unit is one 128th of the picture's edge; the origin is its
 * centre. Used by one thread and for one frame.
 */
final class Picture {

  private static final int FRAME_SALT = 0x46;
  private static final double HALF_UNITS = 64;
  private static final int CHANNELS = 3;

  private final Camera camera;
  private final Part part;
  private final Blemish blemish;
  private final Noise belt;
  private final double exposure;
  private final double lightX;
  private final double lightY;
  private final double glareX;
  private final double glareY;
  private final SplittableRandom random;
  private final int edge;
  private final Colour colour = new Colour();

  private Picture(Camera camera, Defect defect, long frame, int edgePixels) {
    this.camera = camera;
    this.edge = edgePixels;
    this.random = camera.seed().child(FRAME_SALT).child(frame).random();
    this.part = Part.under(camera, random);
    this.blemish = new Blemishes(part, random).draw(defect);
    this.belt = new Noise(random.nextLong());
    this.exposure = random.nextDouble(0.9, 1.1);
    double toLamp = random.nextDouble(8, 30);
    this.lightX = StrictMath.cos(camera.lightAngle());
    this.lightY = StrictMath.sin(camera.lightAngle());
    this.glareX = toLamp * lightX;
    this.glareY = toLamp * lightY;
  }

  /** Takes the picture: the same for the same camera, defect and frame. */
  static BufferedImage of(Camera camera, Defect defect, long frame, int edgePixels) {
    return new Picture(camera, defect, frame, edgePixels).take();
  }

  private BufferedImage take() {
    double[] light = new double[edge * edge * CHANNELS];
    for (int row = 0; row < edge; row++) {
      for (int column = 0; column < edge; column++) {
        look(unit(column), unit(row));
        int at = (row * edge + column) * CHANNELS;
        light[at] = colour.red;
        light[at + 1] = colour.green;
        light[at + 2] = colour.blue;
      }
    }
    return develop(blurred(light));
  }

  private double unit(int pixel) {
    return (pixel + 0.5) * 2 * HALF_UNITS / edge - HALF_UNITS;
  }

  private void look(double x, double y) {
    double u = part.u(x, y);
    double v = part.v(x, y);
    double distance = part.distance(u, v);
    double inside = Math.max(0, Math.min(1, 0.5 - distance));
    if (inside > 0) {
      double brightness = part.brightness(u, v, distance);
      Camera.Tint tint = camera.tint();
      colour.set(brightness * tint.red(), brightness * tint.green(), brightness * tint.blue());
      blemish.mark(u, v, colour);
      colour.blend(glare(x, y), 1, 1, 1);
    }
    if (inside < 1) {
      double under = camera.belt() * (1 + 0.25 * belt.at(0.4 * x, 0.4 * y));
      colour.blend(1 - inside, under, under, under);
    }
    colour.scale(exposure * illumination(x, y));
  }

  private double glare(double x, double y) {
    double square = ((x - glareX) * (x - glareX) + (y - glareY) * (y - glareY)) / 200;
    return square > 6 ? 0 : camera.glare() * StrictMath.exp(-square);
  }

  private double illumination(double x, double y) {
    double towards = (x * lightX + y * lightY) / HALF_UNITS;
    double corner = (x * x + y * y) / (2 * HALF_UNITS * HALF_UNITS);
    return (1 + camera.lightSlope() * towards) * (1 - camera.vignette() * corner);
  }

  private double[] blurred(double[] light) {
    double[] across = spread(light, CHANNELS, edge * CHANNELS);
    return spread(across, edge * CHANNELS, edge * edge * CHANNELS);
  }

  /** Each point gives a share of its light to those before and after it; borders keep theirs. */
  private double[] spread(double[] light, int step, int lineLength) {
    double[] result = new double[light.length];
    double share = camera.blur() / 2;
    for (int i = 0; i < light.length; i++) {
      int inLine = i % lineLength;
      double before = inLine < step ? light[i] : light[i - step];
      double after = inLine + step >= lineLength ? light[i] : light[i + step];
      result[i] = light[i] + share * (before + after - 2 * light[i]);
    }
    return result;
  }

  private BufferedImage develop(double[] light) {
    BufferedImage image = new BufferedImage(edge, edge, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[edge];
    for (int y = 0; y < edge; y++) {
      for (int x = 0; x < edge; x++) {
        int at = (y * edge + x) * CHANNELS;
        double grain = camera.noise() * random.nextGaussian();
        row[x] =
            level(light[at] + grain) << 16
                | level(light[at + 1] + grain) << 8
                | level(light[at + 2] + grain);
      }
      image.setRGB(0, y, edge, 1, row, 0, edge);
    }
    return image;
  }

  private static int level(double light) {
    return (int) Math.max(0, Math.min(255, Math.round(255 * light)));
  }
}
