package dev.skerry.retrain.train;

import picocli.CommandLine;

/** Trains models from files of telemetry: {@code vibration} and {@code anomaly}. */
@CommandLine.Command(
    name = "train",
    description = "Trains a model from files of telemetry and says how good it is.",
    subcommands = {
      TrainVibrationCommand.class,
      TrainAnomalyCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true)
public final class TrainMain {

  private TrainMain() {}

  /** Exit codes: 0 done, 1 something failed, 2 wrong options or data. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new TrainMain())
        .setParameterExceptionHandler(
            (e, arguments) -> {
              e.getCommandLine().getErr().println(e.getMessage());
              return e.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
            });
  }
}
