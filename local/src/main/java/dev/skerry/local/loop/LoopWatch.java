package dev.skerry.local.loop;

import dev.skerry.local.site.SiteFiles;
import dev.skerry.retrain.dataset.DatasetVersion;
import dev.skerry.retrain.dataset.Datasets;
import dev.skerry.retrain.loop.Outcome;
import dev.skerry.retrain.loop.Trainings;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Tells people, a line at a time, what the circle has made since it was looked at last. */
public final class LoopWatch {

  private final Datasets datasets;
  private final SiteFiles files;
  private final Consumer<String> console;
  private final Set<String> told = new HashSet<>();

  /** Says nothing of what was there before. */
  public LoopWatch(SiteFiles files, Consumer<String> console) {
    this.files = files;
    this.console = console;
    this.datasets = new Datasets(files.datasets());
    told.addAll(lines());
  }

  /** Looks once; called by one thread at a time. */
  public void look() {
    for (String line : lines()) {
      if (told.add(line)) {
        console.accept(line);
      }
    }
  }

  private List<String> lines() {
    return datasets.streams().stream().flatMap(stream -> lines(stream).stream()).toList();
  }

  private List<String> lines(String stream) {
    List<DatasetVersion> versions = datasets.versions(stream);
    List<Outcome> outcomes = Trainings.of(files.retraining(), stream).outcomes();
    return java.util.stream.Stream.concat(
            versions.stream().map(LoopWatch::line), outcomes.stream().map(LoopWatch::line))
        .toList();
  }

  private static String line(DatasetVersion version) {
    return "Dataset %s %d: %d samples of %d classes; a model is trained on it"
        .formatted(
            version.manifest().stream(),
            version.manifest().version(),
            version.manifest().samples(),
            version.manifest().labels().size());
  }

  private static String line(Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "%s %s is %s after %.0f s: %s",
        outcome.model(),
        outcome.version(),
        outcome.result().name().toLowerCase(Locale.ROOT),
        outcome.seconds(),
        outcome.reason());
  }
}
