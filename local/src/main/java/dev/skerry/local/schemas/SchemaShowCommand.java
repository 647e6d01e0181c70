package dev.skerry.local.schemas;

import dev.skerry.schemas.serde.SchemaCatalogue.Entry;
import dev.skerry.service.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.avro.SchemaFormatter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skerry schemas show}: one schema as JSON. */
@Command(name = "show", description = "Prints a schema of the catalogue as JSON.")
final class SchemaShowCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // Set by picocli.
  @Spec
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "SUBJECT", description = "For example telemetry-value.")
  private String subject = "";

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "Which version (default: the latest).")
  private List<Integer> version = List.of();

  @SuppressWarnings("UnusedVariable") // Picocli prints the help by itself.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean help;

  @Override
  public Integer call() {
    CatalogueNames names = new CatalogueNames(spec);
    Entry entry =
        version.isEmpty() ? names.latest(subject) : names.version(subject, version.get(0));
    System.out.println(SchemaFormatter.format("json/pretty", entry.schema()));
    return ExitCode.OK;
  }
}
