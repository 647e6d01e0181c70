package dev.skerry.local;

import dev.skerry.ingest.ReplayCommand;
import dev.skerry.ingest.SimulateCommand;
import dev.skerry.ingest.gateway.GatewayCommand;
import dev.skerry.ingest.gateway.TokenCommand;
import dev.skerry.ingest.publish.PublishException;
import dev.skerry.ingest.replay.InputException;
import dev.skerry.local.dataset.DatasetCommand;
import dev.skerry.local.doctor.DoctorCommand;
import dev.skerry.local.letters.DeadLettersCommand;
import dev.skerry.local.model.ModelCommand;
import dev.skerry.local.schemas.SchemasCommand;
import dev.skerry.local.site.SiteFailedException;
import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.local.terminal.Console;
import dev.skerry.local.train.TrainCommand;
import dev.skerry.service.ConfigException;
import dev.skerry.service.ExitCode;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command line, {@code ./skerry}. */
@Command(
    name = "skerry",
    description = "Streaming AI for the edge: a whole site on this machine.",
    subcommands = {
      UpCommand.class,
      TailCommand.class,
      StatusCommand.class,
      LedgerCommand.class,
      DownCommand.class,
      LinkCommand.class,
      CertificatesCommand.class,
      SealCommand.class,
      ReplayCommand.class,
      SimulateCommand.class,
      GatewayCommand.class,
      TokenCommand.class,
      TrainCommand.class,
      ModelCommand.class,
      DatasetCommand.class,
      TopicsCommand.class,
      SqlCommand.class,
      SchemasCommand.class,
      DeadLettersCommand.class,
      RescoreCommand.class,
      DoctorCommand.class,
      CompletionCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Skerry.Version.class,
    footer = {
      "",
      "Examples:",
      "  skerry doctor              whether this machine can run a site",
      "  skerry up                  the whole site; the console is on port 8080",
      "  skerry tail detections     decoded records as they come",
      "  skerry link cut            the site without its cloud; restore ends it",
      "  skerry dead-letters list   what was given up, and why",
      "",
      "Exit codes: 0 done, 1 something failed, 2 wrong options, files or ports.",
      "Data lives in .skerry in the current directory, unless --data says otherwise."
    })
public final class Skerry {

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.setProperty("skerry.log.target", "SYSTEM_ERR"); // Before the first logger is there.
    System.exit(run(args, new PrintWriter(System.err, true, Charset.defaultCharset())));
  }

  /** Runs one command and returns its exit code; errors are one sentence on {@code err}. */
  public static int run(String[] args, PrintWriter err) {
    return commandLine()
        .setErr(err)
        .setColorScheme(CommandLine.Help.defaultColorScheme(colours()))
        .setParameterExceptionHandler(Skerry::explain)
        .setExecutionExceptionHandler((e, line, result) -> explain(e, line))
        .execute(args);
  }

  /** All commands, in groups and with their examples. */
  static CommandLine commandLine() {
    CommandLine skerry = new CommandLine(new Skerry());
    tellVersion(skerry);
    return CommandGroups.showIn(Examples.addTo(skerry)).setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** The version of each command is that of all of it. */
  private static void tellVersion(CommandLine command) {
    command.getCommandSpec().versionProvider(new Version());
    command.getSubcommands().values().forEach(Skerry::tellVersion);
  }

  /** On a terminal alone, and not where NO_COLOR forbids it (no-color.org). */
  private static CommandLine.Help.Ansi colours() {
    boolean wanted =
        Boolean.getBoolean(Console.TERMINAL_PROPERTY) && System.getenv("NO_COLOR") == null;
    return wanted ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF;
  }

  private static int explain(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    if (line.getParent() == null && args.length == 0) {
      line.usage(line.getErr());
      return ExitCode.USAGE;
    }
    line.getErr()
        .println(Complaint.of(e) + " (see " + line.getCommandSpec().qualifiedName() + " --help)");
    return ExitCode.USAGE;
  }

  private static int explain(Exception e, CommandLine line) throws Exception {
    if (e instanceof SiteRefusedException
        || e instanceof ConfigException
        || e instanceof InputException) {
      line.getErr().println(e.getMessage());
      return ExitCode.USAGE;
    }
    if (e instanceof SiteFailedException failed) {
      line.getErr().println(failed.getMessage());
      return failed.exitCode();
    }
    if (e instanceof ParameterException parameters) {
      return explain(parameters, new String[0]);
    }
    if (e instanceof PublishException) {
      line.getErr().println(e.getMessage());
      return ExitCode.FAILED;
    }
    if (e instanceof KafkaException) {
      line.getErr().println("The broker does not answer as it should: " + e.getMessage());
      return ExitCode.FAILED;
    }
    throw e;
  }

  /** The version of the build. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Skerry.class.getPackage().getImplementationVersion();
      return new String[] {"skerry " + (version == null ? "(development build)" : version)};
    }
  }
}
