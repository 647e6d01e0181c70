package dev.skerry.inference.batch;

import dev.skerry.inference.model.ServedModel;

/** The model that answers a stream is broken: it has to be replaced, or nothing goes on. */
public final class BrokenChampionException extends BrokenModelException {

  private final transient ServedModel model;

  BrokenChampionException(ServedModel model, BrokenModelException cause) {
    super(String.valueOf(cause.getMessage()));
    initCause(cause);
    this.model = model;
  }

  /** Which one it is. */
  public ServedModel model() {
    return model;
  }
}
