package dev.skerry.retrain.gate;

import java.time.Duration;
import java.util.List;

/**
 * What a candidate has to keep. Immutable.
 *
 * @param minGain the balanced accuracy over all classes must be so much better than the champion's,
 *     which has none in classes that it does not know
 * @param maxRecallLoss of each class that the champion knows no larger share of the windows may be
 *     lost; one window may always be
 * @param maxCalibrationError the largest expected calibration error, where the champion's is not
 *     larger still
 * @param minClassWindows each class must have so many windows to be judged by
 * @param maxSlowdown how many times as long as the champion it may take
 * @param check a program that is given the candidate's file and ends with 0 where it keeps the
 *     target's limits; empty for none
 * @param checkTimeout after so long the program is ended
 */
public record GateRules(
    double minGain,
    double maxRecallLoss,
    double maxCalibrationError,
    int minClassWindows,
    double maxSlowdown,
    List<String> check,
    Duration checkTimeout) {

  public GateRules {
    require(minGain >= 0 && minGain < 1, "gate.min-gain must be from 0 to below 1");
    require(
        maxRecallLoss >= 0 && maxRecallLoss < 1, "gate.max-recall-loss must be from 0 to below 1");
    require(
        maxCalibrationError > 0 && maxCalibrationError <= 1,
        "gate.max-calibration-error must be more than 0 and at most 1");
    require(minClassWindows >= 1, "gate.min-class-windows must be 1 or more");
    require(maxSlowdown > 0, "gate.max-slowdown must be more than 0");
    check = List.copyOf(check);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
