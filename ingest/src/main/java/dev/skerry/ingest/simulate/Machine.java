package dev.skerry.ingest.simulate;

import java.util.random.RandomGenerator;

/**
 * What does not change about a machine. Displacements are those of the bearing housing; the
 * accelerations of a mode are the peak response to one impact.
 *
 * @param deviceId its name
 * @param seed the root of everything random about it
 * @param bearing the bearing that is watched
 * @param nominalSpeedHz shaft speed without load
 * @param meanLoad share of the rated load, 0 to 1
 * @param resonanceHz the structure's mode that impacts excite
 * @param dampingRatio of that mode
 * @param noiseFloorG broadband noise, RMS
 * @param sensorGain what the accelerometers show by what there is
 * @param residualUnbalanceMicrons 1x displacement when healthy
 * @param residualMisalignmentMicrons 2x displacement when healthy
 * @param unbalanceMicrons further 1x displacement at severity 1
 * @param misalignmentMicrons further 2x displacement at severity 1
 * @param impactG response to a full-load impact at severity 1 and 30 Hz
 * @param roughnessG response to the small irregular impacts of a healthy bearing
 * @param axialShareOfImpact how much of the mode the axial sensor sees
 * @param axialShareOfUnbalance how much of 1x the axial sensor sees
 * @param blades blades of the driven pump or fan
 * @param bladePassG tone of the blades at 30 Hz and full load
 * @param humG tone of the motor at twice the line frequency
 */
record Machine(
    String deviceId,
    Seed seed,
    Bearing bearing,
    double nominalSpeedHz,
    double meanLoad,
    double resonanceHz,
    double dampingRatio,
    double noiseFloorG,
    double sensorGain,
    double residualUnbalanceMicrons,
    double residualMisalignmentMicrons,
    double unbalanceMicrons,
    double misalignmentMicrons,
    double impactG,
    double roughnessG,
    double axialShareOfImpact,
    double axialShareOfUnbalance,
    int blades,
    double bladePassG,
    double humG) {

  private static final int PROPERTIES_SALT = 0x4D;

  static Machine draw(Seed fleet, Population population, int index) {
    Seed seed = population.seed(fleet).child(index);
    RandomGenerator random = seed.child(PROPERTIES_SALT).random();
    return new Machine(
        population.deviceId("machine", index),
        seed,
        Bearing.draw(random),
        random.nextDouble(12, 50),
        random.nextDouble(0.4, 0.9),
        random.nextDouble(560, 1050),
        logUniform(random, 0.015, 0.06),
        logUniform(random, 0.006, 0.04),
        random.nextDouble(0.8, 1.25),
        logNormal(random, 3, 0.45),
        logNormal(random, 0.6, 0.45),
        logNormal(random, 40, 0.3),
        logNormal(random, 12, 0.3),
        logNormal(random, 1.2, 0.4),
        logNormal(random, 0.02, 0.5),
        random.nextDouble(0.25, 0.7),
        random.nextDouble(0.05, 0.3),
        random.nextInt(3, 8),
        logNormal(random, 0.015, 0.7),
        logNormal(random, 0.004, 0.7));
  }

  private static double logUniform(RandomGenerator random, double from, double to) {
    return from * StrictMath.pow(to / from, random.nextDouble());
  }

  private static double logNormal(RandomGenerator random, double median, double sigma) {
    return median * StrictMath.exp(sigma * random.nextGaussian());
  }
}
