package dev.skerry.ingest.simulate;

import java.util.SplittableRandom;

/**
 * One window of a machine: radial acceleration (g), axial acceleration (g) and shaft speed (Hz),
 * 1024 steps at 2560 Hz, channel by channel.
 *
 * <p>Unbalance: the centrifugal force grows with ω², so a fixed displacement e of the housing gives
 * the acceleration e ω² at 1x, mostly radial. Misalignment: displacements at 1x, 2x and 3x with the
 * 2x strongest and strong axially, growing with load. Both as in R. B. Randall, "Vibration-based
 * Condition Monitoring" (Wiley 2011), section 2.2, and ISO 13373-3. Bearings: see {@link Impacts}.
 * Healthy machines have a little of everything, the tones of blades and motor, noise, and now and
 * then a bump from outside that means nothing.
 */
final class Vibration {

  static final int CHANNELS = 3;
  static final int STEPS = 1024;
  static final float SAMPLE_RATE_HZ = 2560;

  /** What an accelerometer of 16 bits over ±16 g resolves. */
  static final double STEPS_PER_G = 2048;

  /** What the tachometer resolves, far below its own error. */
  static final double STEPS_PER_HZ = 512;

  private static final int WINDOW_SALT = 0x57;
  private static final double STANDARD_GRAVITY = 9.80665;
  private static final double LINE_FREQUENCY_HZ = 50;
  private static final double BUMP_PROBABILITY = 0.04;

  private final Machine machine;
  private final Condition condition;
  private final Operation operation;
  private final SplittableRandom random;
  private final Recording recording;

  private Vibration(Machine machine, Condition condition, long window) {
    this.machine = machine;
    this.condition = condition;
    this.operation = Operation.of(machine, window);
    this.random = machine.seed().child(WINDOW_SALT).child(window).random();
    this.recording = new Recording(STEPS, SAMPLE_RATE_HZ, random);
  }

  static float[] window(Machine machine, Condition condition, long window) {
    return new Vibration(machine, condition, window).record();
  }

  private float[] record() {
    double noiseG = machine.noiseFloorG() * (0.7 + 0.6 * operation.load());
    recording.addNoise(noiseG);
    addUnbalance();
    addMisalignment();
    addMachinery();
    if (random.nextDouble() < BUMP_PROBABILITY) {
      addBump();
    }
    Structure structure = new Structure(machine, STEPS, SAMPLE_RATE_HZ);
    new Impacts(machine, operation, SAMPLE_RATE_HZ, STEPS, random).strike(structure, condition);
    structure.shake(0.5 * noiseG, random);
    structure.ringInto(recording, machine.axialShareOfImpact());
    return measured();
  }

  private void addUnbalance() {
    double microns =
        machine.residualUnbalanceMicrons()
            + machine.unbalanceMicrons() * condition.severityOf(Fault.UNBALANCE);
    double radialG = accelerationG(1, microns);
    addOrder(1, radialG, radialG * machine.axialShareOfUnbalance());
  }

  private void addMisalignment() {
    double microns =
        machine.residualMisalignmentMicrons()
            + machine.misalignmentMicrons() * condition.severityOf(Fault.MISALIGNMENT);
    double loaded = microns * (0.5 + operation.load());
    addOrder(1, accelerationG(1, 0.8 * loaded), accelerationG(1, 1.2 * loaded));
    addOrder(2, accelerationG(2, 0.7 * loaded), accelerationG(2, loaded));
    addOrder(3, accelerationG(3, 0.15 * loaded), accelerationG(3, 0.2 * loaded));
  }

  private void addMachinery() {
    double speedRatio = operation.speedHz() / 30;
    double bladesG = machine.bladePassG() * operation.load() * speedRatio * speedRatio;
    addOrder(machine.blades(), bladesG, 0.6 * bladesG);
    recording.addTone(2 * LINE_FREQUENCY_HZ, 0, machine.humG(), 0.3 * machine.humG());
  }

  private void addBump() {
    double peakG = 0.05 * StrictMath.exp(0.7 * random.nextGaussian());
    recording.addBump(
        random.nextInt(STEPS),
        random.nextDouble(6, 40),
        random.nextDouble(5, 25),
        peakG,
        peakG * random.nextDouble(0.2, 1));
  }

  private void addOrder(int order, double radialG, double axialG) {
    recording.addTone(
        order * operation.speedHz(), order * operation.speedDriftHzPerSecond(), radialG, axialG);
  }

  private double accelerationG(int order, double microns) {
    double omega = 2 * Math.PI * order * operation.speedHz();
    return omega * omega * microns * 1e-6 / STANDARD_GRAVITY;
  }

  private float[] measured() {
    float[] values = new float[CHANNELS * STEPS];
    double hzPerStep = operation.speedDriftHzPerSecond() / SAMPLE_RATE_HZ;
    double tachometerBias = 1 + 0.0005 * random.nextGaussian();
    for (int n = 0; n < STEPS; n++) {
      values[n] = resolved(machine.sensorGain() * recording.radial[n], STEPS_PER_G);
      values[STEPS + n] = resolved(machine.sensorGain() * recording.axial[n], STEPS_PER_G);
      values[2 * STEPS + n] =
          resolved(tachometerBias * (operation.speedHz() + hzPerStep * n), STEPS_PER_HZ);
    }
    return values;
  }

  private static float resolved(double value, double stepsPerUnit) {
    return (float) (Math.rint(value * stepsPerUnit) / stepsPerUnit);
  }
}
