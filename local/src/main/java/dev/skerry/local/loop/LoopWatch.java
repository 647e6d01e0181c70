package dev.skerry.local.loop;

import dev.skerry.local.site.SiteFiles;
import dev.skerry.retrain.dataset.DatasetVersion;
import dev.skerry.retrain.dataset.Datasets;
import dev.skerry.retrain.loop.LoopState;
import dev.skerry.retrain.loop.Outcome;
import dev.skerry.retrain.loop.Trainings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells people, a line at a time, what the circle has made since it was looked at last. Not
 * thread-safe.
 */
public final class LoopWatch {

  private final Datasets datasets;
  private final SiteFiles files;
  private final Consumer<String> console;
  private final LoopProbe probe;
  private final Set<String> told = new HashSet<>();
  private Optional<String> summary = Optional.empty();

  /** What was learnt when the trainer last answered, however long ago; null before that. */
  private @Nullable List<String> learntBefore;

  /** Says nothing of what was there before. */
  public LoopWatch(SiteFiles files, Consumer<String> console) {
    this.files = files;
    this.console = console;
    this.probe = new LoopProbe(files);
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
    Optional<LoopState> now = probe.look();
    now.ifPresent(this::tellWhatIsLearnt);
    Optional<SpentSamples> spent = now.flatMap(probe::spent);
    spent.ifPresent(this::tellOnce);
    summary =
        now.map(LoopLine::of).map(line -> line + spent.map(why -> ", " + why.brief()).orElse(""));
  }

  private void tellOnce(SpentSamples spent) {
    String line = "No new labels for a while: " + spent.describe();
    if (told.add(line)) {
      console.accept(line);
    }
  }

  private void tellWhatIsLearnt(LoopState now) {
    List<String> learnt = new ArrayList<>(now.learnt());
    learnt.removeAll(learntBefore == null ? learnt : learntBefore);
    learntBefore = now.learnt();
    if (!learnt.isEmpty()) {
      console.accept(
          "%s is learnt: %s %s answers"
              .formatted(
                  String.join(" and ", learnt), now.champion().model(), now.champion().version()));
    }
  }

  /** How far it was at the last look, as the status line has it; empty where nobody says. */
  public Optional<String> summary() {
    return summary;
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
