package dev.skerry.ingest.simulate.pump;

import dev.skerry.ingest.simulate.Population;
import dev.skerry.ingest.simulate.Seed;
import java.util.random.RandomGenerator;

/**
 * What does not change about a pump and the pipes that it stands in.
 *
 * @param deviceId its name
 * @param seed the root of everything random about it
 * @param shutOffHeadMetres head at no flow and full speed
 * @param bestFlowLitresPerMinute where it is most efficient
 * @param staticHeadMetres of the pipes
 * @param valveOpening as the operator set it, 0 to 1
 * @param bestEfficiency at the best flow, 0 to 1
 * @param standingLossWatts of motor and bearings, whatever the flow
 * @param powerFactor of the motor, 0 to 1
 * @param mainsVolts mean voltage of the mains
 * @param ambientCelsius mean temperature of the room
 * @param bodyKelvinPerWatt how much the body warms by the losses
 * @param vibrationG RMS at the best flow, at the bearing
 * @param farShare what of it the second accelerometer sees
 */
record Pump(
    String deviceId,
    Seed seed,
    double shutOffHeadMetres,
    double bestFlowLitresPerMinute,
    double staticHeadMetres,
    double valveOpening,
    double bestEfficiency,
    double standingLossWatts,
    double powerFactor,
    double mainsVolts,
    double ambientCelsius,
    double bodyKelvinPerWatt,
    double vibrationG,
    double farShare) {

  private static final int PROPERTIES_SALT = 0x51;

  static Pump draw(Seed fleet, Population population, int index) {
    // Another child than the machine's of that number.
    Seed seed = population.seed(fleet).child(~(long) index);
    RandomGenerator random = seed.child(PROPERTIES_SALT).random();
    return new Pump(
        population.deviceId("pump", index),
        seed,
        random.nextDouble(9, 16),
        random.nextDouble(60, 150),
        random.nextDouble(0.5, 2),
        random.nextDouble(0.75, 1),
        random.nextDouble(0.45, 0.62),
        random.nextDouble(60, 140),
        random.nextDouble(0.72, 0.88),
        random.nextDouble(224, 236),
        random.nextDouble(17, 27),
        random.nextDouble(0.06, 0.12),
        random.nextDouble(0.02, 0.08),
        random.nextDouble(0.35, 0.8));
  }
}
