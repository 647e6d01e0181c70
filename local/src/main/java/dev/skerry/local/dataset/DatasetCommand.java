package dev.skerry.local.dataset;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skerry dataset}: the versions of datasets on this machine. */
@Command(
    name = "dataset",
    description = "The datasets that retraining made of samples and labels.",
    subcommands = {
      DatasetListCommand.class,
      DatasetShowCommand.class,
      DatasetExportCommand.class,
      DatasetDiffCommand.class
    },
    mixinStandardHelpOptions = true)
public final class DatasetCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: " + String.join(", ", spec.subcommands().keySet()));
  }
}
