package dev.skerry.retrain.labels;

import dev.skerry.schemas.Label;
import java.util.Optional;

/** What is known of a sample. */
enum State {
  UNLABELLED,
  LABELLED,
  UNUSABLE;

  static State of(SampleIndex.Entry entry) {
    Optional<Label> label = entry.label().filter(known -> !known.getWithdrawn());
    if (label.isEmpty()) {
      return UNLABELLED;
    }
    return label.get().getUnusable() ? UNUSABLE : LABELLED;
  }
}
