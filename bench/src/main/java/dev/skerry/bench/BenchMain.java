package dev.skerry.bench;

import dev.skerry.bench.inference.InferenceCommand;
import dev.skerry.bench.ingest.IngestCommand;
import dev.skerry.bench.prove.ProveCommand;
import dev.skerry.service.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The commands of the scripts in {@code bench/}. */
@Command(
    name = "bench",
    description = "Measures Skerry and tries its promises.",
    subcommands = {
      InferenceCommand.class,
      IngestCommand.class,
      ProveCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 done, 1 something failed, 2 wrong options."})
public final class BenchMain {

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new BenchMain())
            .setParameterExceptionHandler(BenchMain::explain)
            .execute(args));
  }

  private static int explain(ParameterException e, String[] args) {
    System.err.println(e.getMessage() + " (see --help)");
    return ExitCode.USAGE;
  }
}
