package dev.skerry.local.train;

import dev.skerry.retrain.train.data.TrainingDataException;
import dev.skerry.retrain.train.vibration.TrainedClassifier;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./skerry train vibration}: the classifier that ships with the project. */
@Command(
    name = "vibration",
    description = "Trains the classifier of machine faults on a simulated fleet.",
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
public final class TrainVibrationCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // picocli sets it before it calls.
  @Spec
  private CommandSpec spec;

  @Option(names = "--out", description = "Where the model goes; CARD.md is written beside it.")
  private Path out = Path.of("models", "vibration", "vibration-faults.onnx");

  @Option(names = "--seed", description = "Seed of the fleets and of the training.")
  private long seed = 1;

  @Option(names = "--machines", description = "Machines to train on.")
  private int machines = 4000;

  @Option(names = "--held-out-machines", description = "Machines to judge by.")
  private int heldOutMachines = 1000;

  @Option(names = "--windows", description = "Windows of each machine.")
  private long windows = 12;

  @Override
  public Integer call() {
    SimulatedTraining training = new SimulatedTraining(seed, machines, heldOutMachines, windows);
    try {
      TrainedClassifier trained = training.run(spec.commandLine().getErr()::println);
      trained.write(out, training.dataSource(), command());
      spec.commandLine().getOut().println(trained.summary());
      spec.commandLine().getOut().println(out);
      return 0;
    } catch (TrainingDataException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private String command() {
    return "./skerry train vibration --seed %d --machines %d --held-out-machines %d --windows %d"
        .formatted(seed, machines, heldOutMachines, windows);
  }
}
