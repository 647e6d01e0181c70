package dev.skerry.console.picture;

/** By how much a figure has grown since it was first seen; what it fell counts for nothing. */
final class Growth {

  private double last = Double.NaN;
  private double grown;

  void observe(double value) {
    if (!Double.isNaN(last)) {
      grown += Math.max(0, value - last);
    }
    last = value;
  }

  double sum() {
    return grown;
  }
}
