package dev.skerry.ingest.simulate;

import java.util.SplittableRandom;

/**
 * The accelerations of one window while it is put together, in g. Tones are added by rotating a
 * phasor, which costs no trigonometry per sample. Used by one thread and for one window.
 */
final class Recording {

  private static final double TURN = 2 * Math.PI;

  final double[] radial;
  final double[] axial;
  private final double sampleRateHz;
  private final SplittableRandom random;

  Recording(int steps, double sampleRateHz, SplittableRandom random) {
    this.radial = new double[steps];
    this.axial = new double[steps];
    this.sampleRateHz = sampleRateHz;
    this.random = random;
  }

  /** Adds a tone with random phases; the amplitudes are peaks. */
  void addTone(double hz, double hzPerSecond, double radialG, double axialG) {
    Phasor phasor = new Phasor(hz, hzPerSecond, sampleRateHz);
    double radialPhase = random.nextDouble() * TURN;
    double axialPhase = random.nextDouble() * TURN;
    double radialCos = radialG * StrictMath.cos(radialPhase);
    double radialSin = radialG * StrictMath.sin(radialPhase);
    double axialCos = axialG * StrictMath.cos(axialPhase);
    double axialSin = axialG * StrictMath.sin(axialPhase);
    for (int n = 0; n < radial.length; n++) {
      radial[n] += radialCos * phasor.cos() - radialSin * phasor.sin();
      axial[n] += axialCos * phasor.cos() - axialSin * phasor.sin();
      phasor.advance();
    }
  }

  /** Adds white noise, independent on both axes. */
  void addNoise(double rmsG) {
    for (int n = 0; n < radial.length; n++) {
      radial[n] += rmsG * random.nextGaussian();
      axial[n] += rmsG * random.nextGaussian();
    }
  }

  /** Adds a knock that dies away: a low mode of the floor, started at a step. */
  void addBump(int start, double hz, double decayPerSecond, double radialG, double axialG) {
    Phasor phasor = new Phasor(hz, 0, sampleRateHz);
    double decay = StrictMath.exp(-decayPerSecond / sampleRateHz);
    double envelope = 1;
    for (int n = start; n < radial.length; n++) {
      radial[n] += radialG * envelope * phasor.sin();
      axial[n] += axialG * envelope * phasor.sin();
      envelope *= decay;
      phasor.advance();
    }
  }
}
