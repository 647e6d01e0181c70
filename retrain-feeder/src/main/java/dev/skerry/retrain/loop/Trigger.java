package dev.skerry.retrain.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When it is time to train. Immutable.
 *
 * @param afterLabels so many new samples with a label; 0 for never
 * @param afterLabelsInDrift the same while the stream drifts
 * @param every however few came; zero for never
 * @param minInterval between the starts of two trainings, but for those that somebody asked for
 */
record Trigger(long afterLabels, long afterLabelsInDrift, Duration every, Duration minInterval) {

  /**
   * What is known at a moment.
   *
   * @param fresh samples with a label that the last training did not have
   * @param last when the last training began; empty where there was none
   * @param isAsked whether somebody asked for it
   */
  record Moment(
      Instant now, long fresh, boolean drifting, Optional<Instant> last, boolean isAsked) {}

  /** So many new samples with a label make it time; empty where their number does not. */
  Optional<Long> needed(boolean drifting) {
    long usual = afterLabels > 0 ? afterLabels : Long.MAX_VALUE;
    long inDrift = drifting && afterLabelsInDrift > 0 ? afterLabelsInDrift : Long.MAX_VALUE;
    long least = Math.min(usual, inDrift);
    return least == Long.MAX_VALUE ? Optional.empty() : Optional.of(least);
  }

  /** Why it is time, in a few words; empty where it is not. */
  Optional<String> why(Moment at) {
    if (at.isAsked()) {
      return Optional.of("by hand");
    }
    boolean isTooSoon =
        at.last().isPresent() && at.now().isBefore(at.last().get().plus(minInterval));
    if (isTooSoon || at.fresh() <= 0) {
      return Optional.empty();
    }
    if (afterLabels > 0 && at.fresh() >= afterLabels) {
      return Optional.of(at.fresh() + " new samples with a label");
    }
    if (at.drifting() && afterLabelsInDrift > 0 && at.fresh() >= afterLabelsInDrift) {
      return Optional.of("drift, and " + at.fresh() + " new samples with a label");
    }
    boolean isDue =
        !every.isZero() && at.last().map(last -> !at.now().isBefore(last.plus(every))).orElse(true);
    return isDue ? Optional.of("schedule") : Optional.empty();
  }
}
