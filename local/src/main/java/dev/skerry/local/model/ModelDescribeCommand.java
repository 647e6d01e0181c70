package dev.skerry.local.model;

import dev.skerry.inference.model.InvalidModelException;
import dev.skerry.inference.model.ModelDescription;
import dev.skerry.service.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skerry model describe}: what a file says of itself. */
@Command(
    name = "describe",
    description = "Prints a model's contract, tensors, operators, size and sha256.",
    mixinStandardHelpOptions = true)
final class ModelDescribeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "FILE", description = "The .onnx file.")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    try {
      ModelDescription description = ModelDescription.of(ModelPath.require(file, spec));
      description.lines().forEach(spec.commandLine().getOut()::println);
      return ExitCode.OK;
    } catch (InvalidModelException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return ExitCode.FAILED;
    }
  }
}
