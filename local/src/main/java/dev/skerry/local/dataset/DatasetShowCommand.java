package dev.skerry.local.dataset;

import dev.skerry.local.terminal.Table;
import dev.skerry.retrain.dataset.DatasetManifest;
import dev.skerry.retrain.dataset.DatasetManifest.Counts;
import dev.skerry.retrain.dataset.DatasetVersion;
import dev.skerry.retrain.dataset.Split;
import dev.skerry.service.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skerry dataset show}: what is in a version. */
@Command(
    name = "show",
    description = "Shows what a version of a dataset holds, by class, device and reason.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DatasetShowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private DatasetChoice choice = new DatasetChoice();

  @Mixin private DatasetPlace place = new DatasetPlace();

  @Option(names = "--json", description = "The manifest as a JSON object, on one line.")
  private boolean json;

  @Override
  public Integer call() {
    DatasetVersion found = choice.in(place);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      DatasetPlace.printLine(found.manifest(), out);
      out.flush();
      return ExitCode.OK;
    }
    DatasetManifest manifest = found.manifest();
    out.printf(
        "%s %d in %s%nfrom %s to %s; parent %s; sha256 %s%n%n",
        manifest.stream(),
        manifest.version(),
        found.directory(),
        manifest.fromTime(),
        manifest.toTime(),
        manifest.parent() == null ? "none" : Integer.toString(manifest.parent().version()),
        manifest.sha256());
    out.println(table("class", manifest, Counts::classes));
    out.println(table("device", manifest, Counts::devices));
    out.println(table("reason", manifest, Counts::reasons).stripTrailing());
    return ExitCode.OK;
  }

  private static String table(
      String what, DatasetManifest manifest, Function<Counts, SortedMap<String, Long>> counted) {
    Table table = new Table(List.of(what, Split.TRAIN.word(), Split.VALIDATION.word()));
    TreeSet<String> names = new TreeSet<>();
    manifest.splits().values().forEach(counts -> names.addAll(counted.apply(counts).keySet()));
    for (String name : names) {
      table.row(
          name.isEmpty() ? "(none)" : name,
          count(manifest, Split.TRAIN, counted, name),
          count(manifest, Split.VALIDATION, counted, name));
    }
    return table.text();
  }

  private static String count(
      DatasetManifest manifest,
      Split split,
      Function<Counts, SortedMap<String, Long>> counted,
      String name) {
    Counts counts = manifest.splits().get(split.word());
    return counts == null ? "0" : Long.toString(counted.apply(counts).getOrDefault(name, 0L));
  }
}
