package dev.skerry.retrain.dataset;

import java.util.Locale;

/** What a sample is for. */
public enum Split {
  /** Models are trained on it. */
  TRAIN,
  /** Models are judged by it, and never trained on it. */
  VALIDATION;

  /** As files and people call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
