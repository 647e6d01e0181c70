package dev.skerry.local.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.retrain.dataset.DatasetDiff;
import dev.skerry.service.ExitCode;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skerry dataset diff}: what a version has that another has not. */
@Command(
    name = "diff",
    description =
        "Says what was added, removed and labelled otherwise from one version to another.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DatasetDiffCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "STREAM", description = "Of whose samples they are.")
  private String stream = "";

  @Parameters(index = "1", paramLabel = "FROM", description = "The earlier version.")
  private int from;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "TO",
      description = "The later version (default: the latest).")
  private Optional<Integer> to = Optional.empty();

  @Mixin private DatasetPlace place = new DatasetPlace();

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    DatasetDiff diff =
        DatasetPlace.refusing(
            () ->
                DatasetDiff.of(
                    place.version(stream, Optional.of(from)), place.version(stream, to)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JSON.writeValueAsString(diff));
    } else {
      out.printf("%s: from version %d to %d%n", stream, diff.from(), diff.to());
      print(out, "added", diff.added());
      print(out, "removed", diff.removed());
      print(out, "relabelled", diff.relabelled());
    }
    return ExitCode.OK;
  }

  private static void print(PrintWriter out, String what, SortedMap<String, Long> counts) {
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    out.printf("%s %d%n", what, total);
    counts.forEach(
        (label, count) -> out.printf("  %s %d%n", label.isEmpty() ? "(none)" : label, count));
  }
}
