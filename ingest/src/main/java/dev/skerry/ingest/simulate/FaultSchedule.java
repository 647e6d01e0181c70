package dev.skerry.ingest.simulate;

import java.util.List;
import java.util.SplittableRandom;

/**
 * When which machine has which fault. A machine's life is cut into cycles of equal length; a cycle
 * is healthy throughout, or it is healthy until an onset, then a fault grows geometrically until
 * the end of the cycle, when the machine is repaired. Machines are at different points of their
 * cycles. The condition depends on the machine's seed and the window alone. Immutable.
 *
 * @param cycleWindows length of a cycle, 1 and up
 * @param faultyShare share of the cycles in which a fault develops, 0 to 1
 * @param latestOnset the onset is drawn from the cycle's start to this part of it, 0 to 1
 * @param mildest lower end of the severities, more than 0; each fault draws its first and last
 *     severity, log-uniform from here to 1, the first the smaller one
 * @param defects the faults that occur, equally likely
 */
public record FaultSchedule(
    long cycleWindows,
    double faultyShare,
    double latestOnset,
    double mildest,
    List<Fault> defects) {

  private static final int CYCLE_SALT = 0x43;
  private static final int PHASE_SALT = 0x50;

  public FaultSchedule {
    require(cycleWindows >= 1, "cycleWindows must be 1 or more, not " + cycleWindows);
    require(faultyShare >= 0 && faultyShare <= 1, "faultyShare must be from 0 to 1");
    require(latestOnset >= 0 && latestOnset < 1, "latestOnset must be from 0 to below 1");
    require(mildest > 0 && mildest <= 1, "mildest must be more than 0 and at most 1");
    require(!defects.isEmpty() || faultyShare == 0, "defects must not be empty");
    require(!defects.contains(Fault.NORMAL), "normal is not a defect");
    defects = List.copyOf(defects);
  }

  /**
   * For training and judging: each machine is seen in many short conditions, 60 % of them faulty,
   * down to severities that nobody can hear.
   */
  public static FaultSchedule mixed() {
    return new FaultSchedule(8, 0.6, 0, 0.1, Fault.DEFECTS);
  }

  /** For a live site: long healthy runs, faults that begin small and grow, repairs. */
  public static FaultSchedule live(long cycleWindows) {
    return new FaultSchedule(cycleWindows, 0.4, 0.6, 0.1, Fault.DEFECTS);
  }

  /** Every machine is healthy for ever. */
  public static FaultSchedule healthy() {
    return new FaultSchedule(1, 0, 0, 1, List.of());
  }

  /** Every machine has this fault in every window, with severities from {@code mildest} to 1. */
  public static FaultSchedule always(Fault fault, double mildest) {
    return new FaultSchedule(1, 1, 0, mildest, List.of(fault));
  }

  /** The same life with other faults, for example to keep one back that appears later. */
  public FaultSchedule withDefects(List<Fault> others) {
    return new FaultSchedule(cycleWindows, faultyShare, latestOnset, mildest, others);
  }

  /** What is true of a machine during a window. */
  public Condition at(Seed machine, long window) {
    long phase = machine.child(PHASE_SALT).random().nextLong(cycleWindows);
    long position = window + phase;
    SplittableRandom random = machine.child(CYCLE_SALT).child(position / cycleWindows).random();
    if (random.nextDouble() >= faultyShare) {
      return Condition.HEALTHY;
    }
    Fault fault = defects.get(random.nextInt(defects.size()));
    double onset = random.nextDouble() * latestOnset;
    double progress = ((double) (position % cycleWindows) / cycleWindows - onset) / (1 - onset);
    double one = random.nextDouble();
    double other = random.nextDouble();
    if (progress < 0) {
      return Condition.HEALTHY;
    }
    double exponent = Math.max(one, other) - progress * Math.abs(one - other);
    return new Condition(fault, StrictMath.pow(mildest, exponent));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException("fault schedule: " + message);
    }
  }
}
