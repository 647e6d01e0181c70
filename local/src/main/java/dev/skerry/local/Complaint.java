package dev.skerry.local;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with how a command was given, in one sentence that names what was typed. */
final class Complaint {

  private static final String POSITIONAL =
      "^Invalid value for positional parameter at index \\d+ \\((.+?)\\): ";

  private Complaint() {}

  static String of(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      return unmatched(unmatched);
    }
    String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("Wrong options");
    if (said.equals("Missing required subcommand")) {
      return "Say what to do: " + commands(e.getCommandLine());
    }
    return e instanceof MissingParameterException ? said : said.replaceFirst(POSITIONAL, "$1: ");
  }

  private static String unmatched(UnmatchedArgumentException e) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    List<String> words = e.getUnmatched();
    String first = words.isEmpty() ? "" : words.get(0);
    if (!command.getSubcommands().isEmpty()) {
      return name + " has no command '" + first + "'" + suggestion(e);
    }
    return name + " does not take '" + first + "'; put quotes around what has spaces";
  }

  /** What was probably meant. */
  private static String suggestion(UnmatchedArgumentException e) {
    List<String> near = e.getSuggestions();
    return near.isEmpty()
        ? "; there are " + commands(e.getCommandLine())
        : "; did you mean " + near.get(0) + "?";
  }

  private static String commands(CommandLine command) {
    return String.join(
        ", ",
        command.getSubcommands().values().stream()
            .map(CommandLine::getCommandName)
            .distinct()
            .toList());
  }
}
