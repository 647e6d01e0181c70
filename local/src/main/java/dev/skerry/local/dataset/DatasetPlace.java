package dev.skerry.local.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.retrain.dataset.DatasetException;
import dev.skerry.retrain.dataset.DatasetManifest;
import dev.skerry.retrain.dataset.DatasetVersion;
import dev.skerry.retrain.dataset.Datasets;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Where the datasets are. A mixin of commands. */
final class DatasetPlace {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the site keeps its data (default: .skerry in the current directory).")
  private Path data = Path.of(".skerry");

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "The directory of the datasets, where it is not that of the site.")
  private Optional<Path> directory = Optional.empty();

  Datasets datasets() {
    return new Datasets(directory.orElseGet(() -> new SiteFiles(data).datasets()));
  }

  /** A version, by default the latest; throws {@link SiteRefusedException} that says what is. */
  DatasetVersion version(String stream, Optional<Integer> number) {
    return refusing(
        () ->
            number
                .map(version -> datasets().require(stream, version))
                .orElseGet(
                    () ->
                        datasets()
                            .latest(stream)
                            .orElseThrow(() -> new DatasetException(noneOf(stream)))));
  }

  private String noneOf(String stream) {
    return datasets().streams().isEmpty()
        ? nothingIn(datasets())
        : "There is no dataset of the stream %s in %s; there are %s"
            .formatted(stream, datasets().root(), datasets().streams());
  }

  /** What is said where no dataset was ever made. */
  static String nothingIn(Datasets datasets) {
    return "There is no dataset in "
        + datasets.root()
        + " yet: retraining makes them of samples and labels";
  }

  /** A manifest as programs read it, an object on one line. */
  static void printLine(DatasetManifest manifest, PrintWriter out) {
    try {
      out.println(JSON.readTree(manifest.toJson()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest is always JSON", e);
    }
  }

  /** What is wrong with a dataset is one sentence on standard error. */
  static <T> T refusing(Supplier<T> work) {
    try {
      return work.get();
    } catch (DatasetException e) {
      throw new SiteRefusedException(String.valueOf(e.getMessage()), e);
    }
  }
}
