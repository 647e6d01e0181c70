package dev.skerry.ingest;

import dev.skerry.ingest.gateway.GatewayCommand;
import dev.skerry.ingest.gateway.TokenCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of ingest. */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = "Telemetry into Kafka or into an Avro file; a gateway for devices.",
    subcommands = {
      GatewayCommand.class,
      TokenCommand.class,
      ReplayCommand.class,
      SimulateCommand.class
    })
public final class IngestMain implements Runnable {

  @SuppressWarnings("NullAway.Init") // The command line sets it.
  @Spec
  private CommandSpec spec;

  /** Exits with 0, 1 after a failure, 2 for what cannot be done as asked. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line with its errors as one sentence each. */
  static CommandLine commandLine() {
    return CommandErrors.install(new CommandLine(new IngestMain()));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Name a command: gateway, token, replay or simulate");
  }
}
