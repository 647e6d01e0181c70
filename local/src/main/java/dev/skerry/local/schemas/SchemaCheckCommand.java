package dev.skerry.local.schemas;

import dev.skerry.schemas.catalogue.CatalogueCheck;
import dev.skerry.schemas.catalogue.ReleaseCheck;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skerry schemas check}: the rules of the catalogue, for a directory of sources. */
@Command(
    name = "check",
    description = {
      "Checks a catalogue as the build does, and with --since that nothing of an earlier release was",
      "changed. Exit code 1 where something is wrong."
    },
    mixinStandardHelpOptions = true)
final class SchemaCheckCommand implements Callable<Integer> {

  private static final String SOURCES = "schemas/src/main/resources/dev/skerry/schemas";

  @SuppressWarnings("NullAway.Init") // Set by picocli.
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--catalogue",
      paramLabel = "DIR",
      defaultValue = SOURCES,
      description = "The directory of catalogue.json (default: " + SOURCES + ").")
  private Path catalogue = Path.of(SOURCES);

  @Option(
      names = "--since",
      paramLabel = "DIR",
      description = "The same directory as it was in an earlier release.")
  private List<Path> since = List.of();

  @Override
  public Integer call() throws IOException {
    requireCatalogue("--catalogue", catalogue);
    List<String> problems =
        new ArrayList<>(CatalogueCheck.forTopics(Topics.all()).problems(catalogue));
    for (Path release : since) {
      requireCatalogue("--since", release);
      problems.addAll(ReleaseCheck.problems(catalogue, release));
    }
    if (problems.isEmpty()) {
      spec.commandLine().getOut().println("The catalogue keeps the rules");
    }
    problems.forEach(problem -> spec.commandLine().getErr().println(problem));
    return problems.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void requireCatalogue(String option, Path directory) {
    if (!Files.isRegularFile(directory.resolve("catalogue.json"))) {
      throw new CatalogueNames(spec)
          .refused(option + ": there is no catalogue.json in " + directory.toAbsolutePath());
    }
  }
}
