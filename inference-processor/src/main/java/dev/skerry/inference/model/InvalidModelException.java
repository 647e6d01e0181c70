package dev.skerry.inference.model;

/** A model file that cannot be served; the message names the file and what is wrong with it. */
public final class InvalidModelException extends RuntimeException {

  public InvalidModelException(String message) {
    super(message);
  }

  public InvalidModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
