package dev.skerry.local.train;

import dev.skerry.ingest.simulate.Fault;
import dev.skerry.ingest.simulate.FaultSchedule;
import dev.skerry.ingest.simulate.Population;
import dev.skerry.ingest.simulate.VibrationFleet;
import dev.skerry.retrain.train.Progress;
import dev.skerry.retrain.train.vibration.TrainedClassifier;
import dev.skerry.retrain.train.vibration.VibrationTraining;
import dev.skerry.schemas.model.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The vibration classifier, trained on one simulated fleet and judged on another. Immutable.
 *
 * @param seed of both fleets and of the training
 * @param trainingMachines machines to train on
 * @param heldOutMachines machines to judge by
 * @param windowsPerMachine windows of each of them
 * @param faults what befalls them: the model knows no other
 * @param thresholds where the model's answers become doubts
 */
public record SimulatedTraining(
    long seed,
    int trainingMachines,
    int heldOutMachines,
    long windowsPerMachine,
    List<Fault> faults,
    Thresholds thresholds) {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final String SITE = "workshop";
  private static final int REFERENCE_MACHINES = 1_000;
  private static final long REFERENCE_WINDOWS_PER_MACHINE = 6;
  private static final int WINDOWS_BETWEEN_FAULTS = 240;

  public SimulatedTraining {
    faults = List.copyOf(faults);
  }

  /** A model that knows all faults, with its usual doubts. */
  public SimulatedTraining(
      long seed, int trainingMachines, int heldOutMachines, long windowsPerMachine) {
    this(
        seed,
        trainingMachines,
        heldOutMachines,
        windowsPerMachine,
        Fault.DEFECTS,
        VibrationTraining.standard(seed).thresholds());
  }

  /**
   * Trains; the simulated machines are made as they are read.
   *
   * @param version of the model
   */
  public TrainedClassifier run(String version, Progress progress) {
    return VibrationTraining.standard(seed)
        .with(labels(), thresholds)
        .withVersion(version)
        .train(training(), heldOut(), progress)
        .withReference(
            fleet(
                Population.HELD_OUT,
                REFERENCE_MACHINES,
                REFERENCE_WINDOWS_PER_MACHINE,
                FaultSchedule.live(WINDOWS_BETWEEN_FAULTS)));
  }

  /** The fleet to train on. */
  public VibrationFleet training() {
    return fleet(Population.TRAINING, trainingMachines, windowsPerMachine, FaultSchedule.mixed());
  }

  /** The fleet to judge by. */
  public VibrationFleet heldOut() {
    return fleet(Population.HELD_OUT, heldOutMachines, windowsPerMachine, FaultSchedule.mixed());
  }

  /** What the model card says about the data. */
  public String dataSource() {
    return String.format(
        Locale.ROOT,
        "The simulated fleet of `dev.skerry.ingest.simulate`, seed %d: %d windows of each machine.",
        seed,
        windowsPerMachine);
  }

  private List<String> labels() {
    return VibrationTraining.LABELS.stream()
        .filter(
            label ->
                label.equals(Fault.NORMAL.label())
                    || faults.stream().anyMatch(fault -> fault.label().equals(label)))
        .toList();
  }

  private VibrationFleet fleet(
      Population population, int machines, long windows, FaultSchedule schedule) {
    return new VibrationFleet(
        seed, population, machines, schedule.withDefects(faults), SITE, START, INTERVAL, windows);
  }
}
