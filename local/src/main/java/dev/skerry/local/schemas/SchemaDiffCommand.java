package dev.skerry.local.schemas;

import dev.skerry.service.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skerry schemas diff}: two versions, or the latest one and a file, field by field. */
@Command(
    name = "diff",
    description = {
      "Compares two versions of a subject, or its latest version with a file, field by field, and",
      "says whether readers of each can read records of the other. Exit code 1 where they cannot."
    },
    mixinStandardHelpOptions = true)
final class SchemaDiffCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // Set by picocli.
  @Spec
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "SUBJECT", description = "For example telemetry-value.")
  private String subject = "";

  @Parameters(
      index = "1..*",
      arity = "1..2",
      paramLabel = "VERSION|FILE",
      description = "Two versions, the older first; or a version and a file; or a file alone.")
  private List<String> sides = List.of();

  @Override
  public Integer call() {
    CatalogueNames names = new CatalogueNames(spec);
    Schema older = sides.size() == 1 ? names.latest(subject).schema() : side(names, sides.get(0));
    SchemaDiff diff = SchemaDiff.between(older, side(names, sides.get(sides.size() - 1)));
    System.out.print(diff.text());
    return diff.isFullyCompatible() ? ExitCode.OK : ExitCode.FAILED;
  }

  private Schema side(CatalogueNames names, String text) {
    names.versions(subject);
    return text.matches("\\d{1,9}")
        ? names.version(subject, Integer.parseInt(text)).schema()
        : names.file(Path.of(text));
  }
}
