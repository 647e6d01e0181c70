package dev.skerry.ingest.simulate;

/** A unit phasor that turns by recurrence, at a frequency that may rise linearly. */
final class Phasor {

  private final double accelerationCos;
  private final double accelerationSin;
  private double cos = 1;
  private double sin;
  private double stepCos;
  private double stepSin;

  Phasor(double hz, double hzPerSecond, double sampleRateHz) {
    double step = 2 * Math.PI * hz / sampleRateHz;
    double acceleration = 2 * Math.PI * hzPerSecond / (sampleRateHz * sampleRateHz);
    this.stepCos = StrictMath.cos(step);
    this.stepSin = StrictMath.sin(step);
    this.accelerationCos = StrictMath.cos(acceleration);
    this.accelerationSin = StrictMath.sin(acceleration);
  }

  double cos() {
    return cos;
  }

  double sin() {
    return sin;
  }

  void advance() {
    double nextCos = cos * stepCos - sin * stepSin;
    sin = cos * stepSin + sin * stepCos;
    cos = nextCos;
    double nextStepCos = stepCos * accelerationCos - stepSin * accelerationSin;
    stepSin = stepCos * accelerationSin + stepSin * accelerationCos;
    stepCos = nextStepCos;
  }
}
