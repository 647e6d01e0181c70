package dev.skerry.local.train;

import dev.skerry.ingest.simulate.Population;
import dev.skerry.ingest.simulate.VibrationFleet;
import dev.skerry.retrain.train.Progress;
import dev.skerry.retrain.train.vibration.TrainedClassifier;
import dev.skerry.retrain.train.vibration.VibrationTraining;
import java.util.Locale;

/**
 * The vibration classifier, trained on one simulated fleet and judged on another. Immutable.
 *
 * @param seed of both fleets and of the training
 * @param trainingMachines machines to train on
 * @param heldOutMachines machines to judge by
 * @param windowsPerMachine windows of each of them
 */
public record SimulatedTraining(
    long seed, int trainingMachines, int heldOutMachines, long windowsPerMachine) {

  private static final int REFERENCE_MACHINES = 1_000;
  private static final long REFERENCE_WINDOWS_PER_MACHINE = 6;

  /** Trains; the simulated machines are made as they are read. */
  public TrainedClassifier run(Progress progress) {
    return VibrationTraining.standard(seed)
        .train(
            fleet(Population.TRAINING, trainingMachines),
            fleet(Population.HELD_OUT, heldOutMachines),
            progress)
        .withReference(
            VibrationFleet.expected(seed, REFERENCE_MACHINES, REFERENCE_WINDOWS_PER_MACHINE));
  }

  /** What the model card says about the data. */
  public String dataSource() {
    return String.format(
        Locale.ROOT,
        "The simulated fleet of `dev.skerry.ingest.simulate`, seed %d: %d windows of each machine.",
        seed,
        windowsPerMachine);
  }

  private VibrationFleet fleet(Population population, int machines) {
    return VibrationFleet.labelled(seed, population, machines, windowsPerMachine);
  }
}
