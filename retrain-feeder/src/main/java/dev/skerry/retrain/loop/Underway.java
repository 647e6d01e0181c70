package dev.skerry.retrain.loop;

import dev.skerry.retrain.loop.LoopState.Phase;
import dev.skerry.retrain.loop.LoopState.Training;
import java.util.Optional;

/** The training that runs, for those who look at it meanwhile. Thread-safe. */
final class Underway {

  /** A training and how far it is. */
  record Step(Training training, Phase phase) {}

  private Optional<Step> step = Optional.empty();

  synchronized void begins(String version, String trigger, long nowMillis) {
    step = Optional.of(new Step(new Training(version, trigger, nowMillis, ""), Phase.TRAINING));
  }

  synchronized void says(String line) {
    step = step.map(was -> new Step(saying(was.training(), line), was.phase()));
  }

  synchronized void isJudged() {
    step = step.map(was -> new Step(was.training(), Phase.JUDGING));
  }

  synchronized void ends() {
    step = Optional.empty();
  }

  /** Empty where nothing is trained. */
  synchronized Optional<Step> now() {
    return step;
  }

  private static Training saying(Training was, String line) {
    return new Training(was.version(), was.trigger(), was.startedAtMillis(), line);
  }
}
