package dev.skerry.retrain.dataset;

/** A dataset that is not there, or not whole; the message says which and what to do next. */
public final class DatasetException extends RuntimeException {

  public DatasetException(String message) {
    super(message);
  }

  public DatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
