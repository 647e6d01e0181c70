package dev.skerry.ingest.simulate.camera;

import dev.skerry.ingest.simulate.Population;
import dev.skerry.ingest.simulate.Seed;
import java.util.random.RandomGenerator;

/**
 * What does not change about a camera, its light and the kind of part that passes under it. Lengths
 * are in {@link Picture units}, brightness is 0 (black) to 1 (white).
 *
 * @param deviceId its name
 * @param seed the root of everything random about it
 * @param shape the parts' outline
 * @param size half of a part's length
 * @param aspect width by length, 0.6 to 1
 * @param finish the parts' surface
 * @param finishContrast how much of it is seen
 * @param brightness of a part in even light
 * @param tint of a part: red, green and blue around 1
 * @param belt brightness of what lies under the parts
 * @param turns how far parts lie turned, radians to both sides
 * @param jitter how far parts lie off the centre
 * @param lightAngle where the light comes from, radians
 * @param lightSlope how much brighter the lit side is
 * @param glare brightness of the reflection of the lamp
 * @param vignette how much darker the corners are
 * @param blur share of a pixel's light that falls on its neighbours, 0 to 0.5
 * @param noise of the sensor, RMS
 */
record Camera(
    String deviceId,
    Seed seed,
    Shape shape,
    double size,
    double aspect,
    Finish finish,
    double finishContrast,
    double brightness,
    Tint tint,
    double belt,
    double turns,
    double jitter,
    double lightAngle,
    double lightSlope,
    double glare,
    double vignette,
    double blur,
    double noise) {

  private static final int PROPERTIES_SALT = 0x43;

  /** Shares of red, green and blue. */
  record Tint(double red, double green, double blue) {

    private static Tint draw(RandomGenerator random) {
      double warmth = random.nextDouble(-0.16, 0.16);
      return new Tint(1 + warmth, 1 + 0.3 * warmth + random.nextDouble(-0.04, 0.04), 1 - warmth);
    }
  }

  static Camera draw(Seed fleet, Population population, int index) {
    Seed seed = population.seed(fleet).child(index);
    RandomGenerator random = seed.child(PROPERTIES_SALT).random();
    return new Camera(
        population.deviceId("camera", index),
        seed,
        one(random, Shape.values()),
        random.nextDouble(38, 54),
        random.nextDouble(0.6, 1),
        one(random, Finish.values()),
        random.nextDouble(0.02, 0.09),
        random.nextDouble(0.38, 0.68),
        Tint.draw(random),
        random.nextDouble(0.06, 0.24),
        random.nextDouble(0.1, Math.PI),
        random.nextDouble(1, 6),
        random.nextDouble(0, 2 * Math.PI),
        random.nextDouble(0.05, 0.3),
        random.nextDouble(0, 0.18),
        random.nextDouble(0, 0.25),
        random.nextDouble(0.05, 0.4),
        random.nextDouble(0.006, 0.022));
  }

  private static <T> T one(RandomGenerator random, T[] values) {
    return values[random.nextInt(values.length)];
  }
}
