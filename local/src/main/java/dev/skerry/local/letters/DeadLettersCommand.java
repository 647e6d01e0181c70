package dev.skerry.local.letters;

import picocli.CommandLine.Command;

/** {@code skerry dead-letters}: what was given up, and how it comes back. */
@Command(
    name = "dead-letters",
    description = "Lists what was given up and why, shows a record, and sends records again.",
    subcommands = {LetterListCommand.class, LetterShowCommand.class, LetterRedriveCommand.class},
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  skerry dead-letters list --reason WRONG_SHAPE --since 1h",
      "  skerry dead-letters show 2/17",
      "  skerry dead-letters redrive --reason NO_MODEL      # once the model is there"
    })
public final class DeadLettersCommand {}
