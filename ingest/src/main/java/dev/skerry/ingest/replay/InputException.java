package dev.skerry.ingest.replay;

/** Files that cannot be replayed as asked; the message names the file, line and column. */
public final class InputException extends RuntimeException {

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
