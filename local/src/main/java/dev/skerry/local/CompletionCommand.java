package dev.skerry.local;

import dev.skerry.service.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code skerry completion}: what makes a shell complete commands and options. */
@Command(
    name = "completion",
    description = "Prints what makes bash and zsh complete commands and options.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  source <(./skerry completion)                             # in this shell",
      "  ./skerry completion > ~/.local/share/bash-completion/completions/skerry"
    })
final class CompletionCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(AutoComplete.bash("skerry", spec.root().commandLine()));
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
