package dev.skerry.local.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.skerry.inference.model.InvalidModelException;
import dev.skerry.inference.model.ModelDescription;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.service.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private JsonOption json = new JsonOption();

  /**
   * A file as programs read it.
   *
   * @param contract as the file has it; null where there is none that could be served
   * @param problem why there is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Line(
      String file,
      long sizeBytes,
      String sha256,
      long irVersion,
      Map<String, Long> opsets,
      String producer,
      List<String> inputs,
      List<String> outputs,
      @JsonRawValue @Nullable String contract,
      @Nullable String problem) {

    static Line of(ModelDescription found) {
      return new Line(
          found.file().toString(),
          found.header().sizeBytes(),
          found.header().sha256(),
          found.header().irVersion(),
          found.header().opsets(),
          found.header().producer(),
          found.inputs(),
          found.outputs(),
          found.contract().map(ModelContract::toJson).orElse(null),
          found.problem().orElse(null));
    }
  }

  @Override
  public Integer call() {
    try {
      ModelDescription description = ModelDescription.of(ModelPath.require(file, spec));
      json.print(
          spec,
          Line.of(description),
          () -> String.join(System.lineSeparator(), description.lines()));
      return ExitCode.OK;
    } catch (InvalidModelException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return ExitCode.FAILED;
    }
  }
}
