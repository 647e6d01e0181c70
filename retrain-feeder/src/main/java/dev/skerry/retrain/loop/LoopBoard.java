package dev.skerry.retrain.loop;

import dev.skerry.retrain.dataset.DatasetManifest;
import dev.skerry.retrain.loop.LoopState.Phase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the circle shows of itself. The circle's own thread keeps it up; any thread may ask for the
 * {@link #state}.
 */
final class LoopBoard {

  private static final int OUTCOMES = 10;

  private final String stream;
  private final Champion champion;
  private final Trigger trigger;
  private final Underway underway;
  private final LoopMetrics metrics;
  private final Deque<Outcome> outcomes = new ArrayDeque<>();
  private Optional<DatasetManifest> dataset = Optional.empty();
  private volatile Optional<LoopState> state = Optional.empty();

  LoopBoard(
      String stream, Champion champion, Trigger trigger, Underway underway, LoopMetrics metrics) {
    this.stream = stream;
    this.champion = champion;
    this.trigger = trigger;
    this.underway = underway;
    this.metrics = metrics;
  }

  /** Takes up what is there from earlier runs. */
  void begin(Optional<DatasetManifest> latest, List<Outcome> ended) {
    latest.ifPresent(this::made);
    ended.forEach(this::add);
  }

  /** A version of the dataset was made, or is the latest still. */
  void made(DatasetManifest manifest) {
    dataset = Optional.of(manifest);
    metrics.version(manifest.version());
  }

  /** A training ended. */
  void ended(Outcome outcome) {
    add(outcome);
    metrics.count(outcome);
  }

  private void add(Outcome outcome) {
    outcomes.removeIf(earlier -> earlier.datasetVersion() == outcome.datasetVersion());
    outcomes.addLast(outcome);
    while (outcomes.size() > OUTCOMES) {
      outcomes.removeFirst();
    }
  }

  /** Shows how things are now. */
  void look(CloudNews news, long labelled, long fresh) {
    SortedMap<String, Long> classes = classes();
    LoopState.Model served = champion.served(news);
    List<String> unknown =
        classes.keySet().stream()
            .filter(label -> !label.isEmpty() && !served.labels().contains(label))
            .toList();
    metrics.labelled(labelled);
    metrics.unknown(unknown.size());
    Optional<Underway.Step> step = underway.now();
    metrics.training(step.isPresent());
    state =
        Optional.of(
            new LoopState(
                stream,
                step.map(Underway.Step::phase)
                    .orElse(news.isInTrial(champion.model()) ? Phase.TRIAL : Phase.COLLECTING),
                labelled,
                fresh,
                trigger.needed(news.isDrifting(stream)).orElse(null),
                classes,
                dataset
                    .map(found -> new LoopState.Dataset(found.version(), found.samples()))
                    .orElse(null),
                served,
                champion.first(),
                unknown,
                step.map(Underway.Step::training).orElse(null),
                List.copyOf(outcomes)));
  }

  private SortedMap<String, Long> classes() {
    SortedMap<String, Long> classes = new TreeMap<>();
    dataset.ifPresent(
        manifest ->
            manifest
                .splits()
                .values()
                .forEach(
                    counts ->
                        counts
                            .classes()
                            .forEach((label, count) -> classes.merge(label, count, Long::sum))));
    return classes;
  }

  /** How things were when they were looked at last; empty before the topics were read. */
  Optional<LoopState> state() {
    return state;
  }
}
