package dev.skerry.retrain.train.data;

/** Data that nothing can be trained on; the message says which, why, and what to do next. */
public final class TrainingDataException extends RuntimeException {

  public TrainingDataException(String message) {
    super(message);
  }

  public TrainingDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
