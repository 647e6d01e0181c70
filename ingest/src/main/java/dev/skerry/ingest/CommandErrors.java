package dev.skerry.ingest;

import dev.skerry.ingest.publish.PublishException;
import dev.skerry.ingest.replay.InputException;
import dev.skerry.service.ConfigException;
import dev.skerry.service.ExitCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * What a command says when it cannot do what it was asked: one sentence on standard error, and exit
 * code 2 for wrong options or files, 1 for Kafka or a disk that fails. Anything unexpected is
 * logged with its stack trace, exit code 1.
 */
public final class CommandErrors {

  private static final Logger log = LoggerFactory.getLogger(CommandErrors.class);

  private CommandErrors() {}

  /** Makes the command line and all its subcommands fail so. */
  public static CommandLine install(CommandLine commandLine) {
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, args) -> say(e.getCommandLine(), firstLine(e)))
        .setExecutionExceptionHandler((e, failed, parsed) -> explain(failed, e));
  }

  private static String firstLine(ParameterException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return message + " (see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help)";
  }

  private static int explain(CommandLine command, Exception e) {
    if (e instanceof InputException || e instanceof ConfigException) {
      return say(command, e.getMessage());
    }
    if (e instanceof PublishException) {
      say(command, e.getMessage());
      return ExitCode.FAILED;
    }
    log.error("{} failed", command.getCommandSpec().qualifiedName(), e);
    return ExitCode.FAILED;
  }

  private static int say(CommandLine command, @Nullable String sentence) {
    command.getErr().println(command.getCommandName() + ": " + sentence);
    command.getErr().flush();
    return ExitCode.USAGE;
  }
}
