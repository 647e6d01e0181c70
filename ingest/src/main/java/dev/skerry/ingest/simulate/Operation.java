package dev.skerry.ingest.simulate;

/**
 * How a machine runs during one window. Load and speed wander slowly around the machine's own mean.
 *
 * @param load share of the rated load, 0.1 to 1
 * @param speedHz shaft speed at the start of the window
 * @param speedDriftHzPerSecond how fast the shaft speeds up
 */
record Operation(double load, double speedHz, double speedDriftHzPerSecond) {

  private static final int LOAD_SALT = 0x4C;
  private static final int SPEED_SALT = 0x53;
  private static final int DRIFT_SALT = 0x44;
  private static final double SLIP_AT_FULL_LOAD = 0.025;

  static Operation of(Machine machine, long window) {
    double load = machine.meanLoad() + 0.15 * Wander.at(machine.seed().child(LOAD_SALT), window);
    load = Math.max(0.1, Math.min(1, load));
    double speed = machine.nominalSpeedHz() * (1 - SLIP_AT_FULL_LOAD * load);
    speed *= 1 + 0.03 * Wander.at(machine.seed().child(SPEED_SALT), window);
    double drift =
        0.004 * speed * machine.seed().child(DRIFT_SALT).child(window).random().nextGaussian();
    return new Operation(load, speed, drift);
  }
}
