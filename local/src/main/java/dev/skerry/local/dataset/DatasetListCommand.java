package dev.skerry.local.dataset;

import dev.skerry.local.terminal.Table;
import dev.skerry.local.terminal.Text;
import dev.skerry.retrain.dataset.DatasetManifest;
import dev.skerry.retrain.dataset.DatasetVersion;
import dev.skerry.retrain.dataset.Datasets;
import dev.skerry.retrain.dataset.Split;
import dev.skerry.service.ExitCode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skerry dataset list}: which versions there are. */
@Command(
    name = "list",
    description = "Lists the versions of all datasets, the oldest first.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DatasetListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private DatasetPlace place = new DatasetPlace();

  @Option(names = "--json", description = "Each manifest as a JSON object, one a line.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Datasets datasets = place.datasets();
    boolean isEmpty = true;
    Table table =
        new Table(
            List.of(
                "stream", "version", "train", "validation", "classes", "until (UTC)", "sha256"));
    for (String stream : DatasetPlace.refusing(datasets::streams)) {
      for (DatasetVersion version : DatasetPlace.refusing(() -> datasets.versions(stream))) {
        isEmpty = false;
        if (json) {
          DatasetPlace.printLine(version.manifest(), out);
        } else {
          add(table, version.manifest());
        }
      }
    }
    out.flush();
    if (!json && isEmpty) {
      out.println(DatasetPlace.nothingIn(datasets));
    } else if (!json) {
      out.println(table.text().stripTrailing());
    }
    return ExitCode.OK;
  }

  private static void add(Table table, DatasetManifest manifest) {
    table.row(
        manifest.stream(),
        Integer.toString(manifest.version()),
        Long.toString(samples(manifest, Split.TRAIN)),
        Long.toString(samples(manifest, Split.VALIDATION)),
        Integer.toString(manifest.labels().size()),
        manifest.toTime().isEmpty() ? "" : Text.minute(Instant.parse(manifest.toTime())),
        manifest.sha256().substring(0, 12));
  }

  private static long samples(DatasetManifest manifest, Split split) {
    DatasetManifest.Counts counts = manifest.splits().get(split.word());
    return counts == null ? 0 : counts.samples();
  }
}
