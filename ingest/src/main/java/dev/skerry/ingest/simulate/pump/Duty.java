package dev.skerry.ingest.simulate.pump;

import dev.skerry.ingest.simulate.Condition;
import dev.skerry.ingest.simulate.Fault;

/**
 * Where a pump works at one moment: where its curve crosses that of the pipes. The head of a
 * centrifugal pump falls with the square of the flow, and grows with the square of the speed; what
 * the pipes take grows with the square of the flow and falls with that of the valve's opening (J.
 * F. Gülich, Centrifugal Pumps, chapters 2 and 11).
 *
 * @param flowLitresPerMinute through the pump
 * @param meteredLitresPerMinute what of it reaches the meter
 * @param headMetres that it builds up
 * @param shaftWatts that it takes
 * @param offBestFlow how far it is from its best flow, as a share of that
 */
record Duty(
    double flowLitresPerMinute,
    double meteredLitresPerMinute,
    double headMetres,
    double shaftWatts,
    double offBestFlow) {

  /** The flow without any head would be so many times the best one. */
  private static final double RUN_OUT = 1.7;

  private static final double WATTS_PER_LITRE_PER_MINUTE_AND_METRE = 9.81 / 60;

  /** What a radial pump takes at no flow, as a share of what it takes at the best one. */
  private static final double SHUT_OFF_POWER = 0.45;

  /** What is lost at severity 1, of head by vapour, and of the opening, and through the leak. */
  private static final double CAVITATION_HEAD_LOSS = 0.3;

  private static final double BLOCKED_OPENING_LOSS = 0.85;
  private static final double LEAK_OPENING = 0.55;
  private static final double WEAR_FRICTION_WATTS = 70;

  /**
   * Finds it.
   *
   * @param speed as a share of the nominal one
   * @param collapse how much vapour there is just now, as a share of what the severity allows
   */
  static Duty of(Pump pump, Condition condition, double speed, double collapse) {
    double vapour = CAVITATION_HEAD_LOSS * condition.severityOf(Fault.CAVITATION) * collapse;
    double opening =
        pump.valveOpening()
            * (1 - BLOCKED_OPENING_LOSS * condition.severityOf(Fault.BLOCKED_VALVE));
    double leak = LEAK_OPENING * condition.severityOf(Fault.LEAKAGE);

    double best = pump.bestFlowLitresPerMinute();
    double shutOff = pump.shutOffHeadMetres() * speed * speed * (1 - vapour);
    double fall = pump.shutOffHeadMetres() / Math.pow(RUN_OUT * best, 2);
    // A pipe that takes the best flow with the valve open; a leak is a second one beside it.
    double rise =
        (pump.shutOffHeadMetres() - fall * best * best - pump.staticHeadMetres()) / (best * best);
    double both = opening + leak;
    double flow =
        Math.sqrt(Math.max(0, shutOff - pump.staticHeadMetres()) / (fall + rise / (both * both)));
    double head = shutOff - fall * flow * flow;
    double off = flow / best - 1;
    double bestHead = pump.shutOffHeadMetres() - fall * best * best;
    double bestWatts =
        WATTS_PER_LITRE_PER_MINUTE_AND_METRE * best * bestHead / pump.bestEfficiency();
    double watts =
        bestWatts
            * (SHUT_OFF_POWER + (1 - SHUT_OFF_POWER) * flow / best)
            * Math.pow(speed, 3)
            * (1 - vapour / 2);
    return new Duty(
        flow,
        flow * opening / both,
        head,
        watts
            + pump.standingLossWatts()
            + WEAR_FRICTION_WATTS * condition.severityOf(Fault.BEARING_WEAR),
        off);
  }
}
