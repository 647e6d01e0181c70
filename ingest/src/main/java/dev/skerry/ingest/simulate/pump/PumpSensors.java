package dev.skerry.ingest.simulate.pump;

import dev.skerry.ingest.simulate.Condition;
import dev.skerry.ingest.simulate.Fault;
import dev.skerry.ingest.simulate.Seed;
import dev.skerry.ingest.simulate.Wander;
import java.util.SplittableRandom;

/**
 * What the sensors of a pump show at one second. A second's values depend on the pump, the second
 * and the condition alone, so windows that overlap show the same.
 */
final class PumpSensors {

  static final int CHANNELS = 8;

  private static final int SPEED_SALT = 1;
  private static final int MAINS_SALT = 2;
  private static final int ROOM_SALT = 3;
  private static final int WATER_SALT = 4;
  private static final int SECOND_SALT = 5;

  private static final double BAR_PER_METRE = 0.0981;
  private static final double MOTOR_EFFICIENCY = 0.78;

  private PumpSensors() {}

  /** Puts the values of a second into a window, channel by channel. */
  static void read(Pump pump, Condition condition, long second, float[] window, int step) {
    Seed seed = pump.seed();
    SplittableRandom random = seed.child(SECOND_SALT).child(second).random();
    double cavitation = condition.severityOf(Fault.CAVITATION);
    double wear = condition.severityOf(Fault.BEARING_WEAR);
    double collapse = Math.max(0, 1 + 0.6 * random.nextGaussian());
    double speed = 1 + 0.01 * Wander.at(seed.child(SPEED_SALT), second);
    Duty duty = Duty.of(pump, condition, speed, collapse);

    double volts =
        pump.mainsVolts()
            + 2.5 * Wander.at(seed.child(MAINS_SALT), second)
            + 0.4 * random.nextGaussian();
    double electricWatts = duty.shaftWatts() / MOTOR_EFFICIENCY;
    double room = pump.ambientCelsius() + 1.5 * Wander.at(seed.child(ROOM_SALT), second / 60);
    double losses = electricWatts - duty.shaftWatts() + pump.standingLossWatts();
    double body = room + pump.bodyKelvinPerWatt() * losses + 14 * wear;
    // What the pump puts into the water leaves with the flow, and stays where there is little.
    double water =
        room
            + 3
            + 0.8 * Wander.at(seed.child(WATER_SALT), second / 60)
            + 240 * electricWatts / 1000 / Math.max(8, duty.meteredLitresPerMinute());
    double rough = 1 + 2.5 * duty.offBestFlow() * duty.offBestFlow();
    double near =
        pump.vibrationG()
            * (rough + 5 * cavitation * collapse + 7 * wear * (1 + 0.3 * random.nextGaussian()));
    double far =
        pump.vibrationG() * pump.farShare() * (rough + 6 * cavitation * collapse + 2 * wear);

    double[] values = {
      Math.abs(near * (1 + 0.03 * random.nextGaussian())),
      Math.abs(far * (1 + 0.03 * random.nextGaussian())),
      electricWatts / (volts * pump.powerFactor()) * (1 + 0.006 * random.nextGaussian()),
      BAR_PER_METRE * duty.headMetres() + 0.004 * random.nextGaussian(),
      body + 0.05 * random.nextGaussian(),
      water + 0.05 * random.nextGaussian(),
      volts,
      Math.max(0, duty.meteredLitresPerMinute() * (1 + 0.008 * random.nextGaussian()))
    };
    int steps = window.length / CHANNELS;
    for (int channel = 0; channel < CHANNELS; channel++) {
      window[channel * steps + step] = (float) values[channel];
    }
  }
}
