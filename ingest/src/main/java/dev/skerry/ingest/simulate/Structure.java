package dev.skerry.ingest.simulate;

import java.util.SplittableRandom;

/**
 * The mode of the structure that impacts excite: a damped oscillator with one degree of freedom, as
 * the two-pole recurrence with the same impulse response, sin(ω t) e^(−ζ ω₀ t). Impacts before the
 * window's start ring into it. Used by one thread and for one window.
 */
final class Structure {

  /** Long enough for the least damped mode to forget how it began. */
  static final int LEAD_STEPS = 384;

  private final double[] drive;
  private final double a1;
  private final double a2;
  private final double gain;
  private final double zetaOmegaPerStep;

  Structure(Machine machine, int steps, double sampleRateHz) {
    this.drive = new double[LEAD_STEPS + steps + 1];
    double zeta = machine.dampingRatio();
    double omega = 2 * Math.PI * machine.resonanceHz() / sampleRateHz;
    double damped = omega * Math.sqrt(1 - zeta * zeta);
    this.zetaOmegaPerStep = zeta * omega;
    double radius = StrictMath.exp(-zetaOmegaPerStep);
    this.a1 = 2 * radius * StrictMath.cos(damped);
    this.a2 = -radius * radius;
    this.gain = radius * StrictMath.sin(damped);
  }

  /** Strikes it at a time between two steps, counted from the window's start; may be negative. */
  void strike(double step, double peakG) {
    double position = step + LEAD_STEPS;
    int before = (int) Math.floor(position);
    if (before < 0 || before + 1 >= drive.length) {
      return;
    }
    double share = position - before;
    drive[before] += peakG * (1 - share);
    drive[before + 1] += peakG * share;
  }

  /**
   * Shakes it with white noise so that it answers with this RMS. The energy of the impulse response
   * is 1 / (4 ζ ω₀).
   */
  void shake(double rmsG, SplittableRandom random) {
    double driveG = rmsG / Math.sqrt(1 / (4 * zetaOmegaPerStep));
    for (int n = 0; n < drive.length; n++) {
      drive[n] += driveG * random.nextGaussian();
    }
  }

  /** Adds what the sensors feel. */
  void ringInto(Recording recording, double axialShare) {
    double last = 0;
    double beforeLast = 0;
    for (int n = 0; n < LEAD_STEPS + recording.radial.length; n++) {
      double now = gain * drive[n] + a1 * last + a2 * beforeLast;
      beforeLast = last;
      last = now;
      if (n >= LEAD_STEPS) {
        recording.radial[n - LEAD_STEPS] += now;
        recording.axial[n - LEAD_STEPS] += axialShare * now;
      }
    }
  }
}
