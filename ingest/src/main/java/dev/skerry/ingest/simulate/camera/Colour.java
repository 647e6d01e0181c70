package dev.skerry.ingest.simulate.camera;

/** Light that a point sends to the camera, 0 (none) to 1 (white) and a little beyond. */
final class Colour {

  double red;
  double green;
  double blue;

  void set(double newRed, double newGreen, double newBlue) {
    red = newRed;
    green = newGreen;
    blue = newBlue;
  }

  /** Makes all of it brighter or darker by a factor. */
  void scale(double factor) {
    red *= factor;
    green *= factor;
    blue *= factor;
  }

  /** Mixes in a share of another colour, 0 to 1. */
  void blend(double share, double otherRed, double otherGreen, double otherBlue) {
    red += share * (otherRed - red);
    green += share * (otherGreen - green);
    blue += share * (otherBlue - blue);
  }
}
