package dev.skerry.local.train;

import dev.skerry.retrain.train.TrainAnomalyCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./skerry train}: makes model files. */
@Command(
    name = "train",
    description = "Trains a model and says how good it is.",
    subcommands = {TrainVibrationCommand.class, TrainAnomalyCommand.class},
    mixinStandardHelpOptions = true)
public final class TrainCommand implements Runnable {

  @SuppressWarnings("NullAway.Init") // picocli sets it before it calls.
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say which model: " + String.join(", ", spec.subcommands().keySet()));
  }
}
