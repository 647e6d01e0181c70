package dev.skerry.ingest.simulate;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * The blows that a bearing gives the structure. A defect on the outer race stays in the load zone:
 * blows of like strength at BPFO. A defect on the inner race turns with the shaft: blows at BPFI
 * that follow the load zone once per turn. Balls slip, so the intervals vary at random and their
 * errors add up (Randall and Antoni 2011, section 3). The load zone is that of Stribeck, as in T.
 * A. Harris, "Rolling Bearing Analysis": q(θ) = (1 − (1 − cos θ) / 2ε)^1.5 where that is positive.
 * Used by one thread and for one window.
 */
final class Impacts {

  private static final double SLIP = 0.015;
  private static final double STRENGTH_SPREAD = 0.15;
  private static final double ROUGHNESS_PER_TURN = 3;
  private static final double LOAD_ZONE_EPSILON = 0.45;
  private static final double OUTSIDE_LOAD_ZONE = 0.05;

  private final Machine machine;
  private final Operation operation;
  private final double sampleRateHz;
  private final int steps;
  private final SplittableRandom random;

  Impacts(
      Machine machine,
      Operation operation,
      double sampleRateHz,
      int steps,
      SplittableRandom random) {
    this.machine = machine;
    this.operation = operation;
    this.sampleRateHz = sampleRateHz;
    this.steps = steps;
    this.random = random;
  }

  void strike(Structure structure, Condition condition) {
    double full = machine.impactG() * operation.load() * operation.speedHz() / 30;
    double outer = full * condition.severityOf(Fault.BEARING_OUTER);
    if (outer > 0) {
      train(structure, machine.bearing().bpfoOrder(), outer, turns -> 1);
    }
    double inner = full * condition.severityOf(Fault.BEARING_INNER);
    if (inner > 0) {
      double defectAngle = random.nextDouble();
      train(
          structure, machine.bearing().bpfiOrder(), inner, turns -> loadZone(turns + defectAngle));
    }
    roughness(structure);
  }

  private void train(
      Structure structure, double order, double peakG, DoubleUnaryOperator modulationByTurns) {
    double step = -Structure.LEAD_STEPS + random.nextDouble() * sampleRateHz / hertz(order, 0);
    while (step < steps) {
      double strength = 1 + STRENGTH_SPREAD * random.nextGaussian();
      structure.strike(step, peakG * strength * modulationByTurns.applyAsDouble(turns(step)));
      double interval = sampleRateHz / hertz(order, step);
      step += interval * Math.max(0.5, 1 + SLIP * random.nextGaussian());
    }
  }

  /** The small irregular blows of a healthy bearing: a Poisson process of either sign. */
  private void roughness(Structure structure) {
    double meanInterval = sampleRateHz / hertz(ROUGHNESS_PER_TURN, 0);
    double peakG = machine.roughnessG() * operation.load() * operation.speedHz() / 30;
    double step = -Structure.LEAD_STEPS;
    while (step < steps) {
      structure.strike(step, peakG * random.nextGaussian());
      step -= meanInterval * StrictMath.log(1 - random.nextDouble());
    }
  }

  private double hertz(double order, double step) {
    double seconds = step / sampleRateHz;
    return order * (operation.speedHz() + operation.speedDriftHzPerSecond() * seconds);
  }

  private double turns(double step) {
    double seconds = step / sampleRateHz;
    return operation.speedHz() * seconds
        + operation.speedDriftHzPerSecond() * seconds * seconds / 2;
  }

  private static double loadZone(double turns) {
    double cos = StrictMath.cos(2 * Math.PI * turns);
    double q = 1 - (1 - cos) / (2 * LOAD_ZONE_EPSILON);
    return Math.max(OUTSIDE_LOAD_ZONE, q > 0 ? q * Math.sqrt(q) : 0);
  }
}
