package dev.skerry.local.dataset;

import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.local.terminal.Progress;
import dev.skerry.retrain.dataset.DatasetManifest;
import dev.skerry.retrain.dataset.DatasetVersion;
import dev.skerry.service.ExitCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skerry dataset export}: a copy of a version, checked. */
@Command(
    name = "export",
    description = "Copies a version of a dataset into a new directory and checks every file.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DatasetExportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private DatasetChoice choice = new DatasetChoice();

  @SuppressWarnings("NullAway.Init") // Required.
  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Where to; it must not be there yet.")
  private Path target;

  @Mixin private DatasetPlace place = new DatasetPlace();

  @Override
  public Integer call() {
    DatasetVersion found = choice.in(place);
    try {
      Files.createDirectories(target.toAbsolutePath().resolve("..").normalize());
      Files.createDirectory(target);
      copy(found);
      Files.copy(
          found.directory().resolve(DatasetManifest.FILE), target.resolve(DatasetManifest.FILE));
    } catch (FileAlreadyExistsException e) {
      throw new SiteRefusedException(
          "There is a directory " + target + " already: name another one with --to", e);
    } catch (IOException e) {
      throw new SiteRefusedException("The dataset cannot be written to " + target + ": " + e, e);
    }
    DatasetPlace.refusing(
        () -> {
          DatasetVersion.open(target).verify();
          return target;
        });
    spec.commandLine()
        .getOut()
        .printf(
            "%s %d: %d samples in %d files in %s%n",
            choice.stream(),
            found.manifest().version(),
            found.manifest().samples(),
            found.manifest().files().size(),
            target);
    return ExitCode.OK;
  }

  private void copy(DatasetVersion found) throws IOException {
    int copied = 0;
    int all = found.manifest().files().size();
    try (Progress progress = Progress.of("files are copied")) {
      for (DatasetManifest.Part part : found.manifest().files()) {
        Path file = target.resolve(part.file());
        Files.createDirectories(file.resolve("..").normalize());
        Files.copy(found.directory().resolve(part.file()), file);
        progress.at(++copied, all);
      }
    }
  }
}
