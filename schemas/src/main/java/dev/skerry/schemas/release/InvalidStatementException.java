package dev.skerry.schemas.release;

/** A statement that cannot be acted on; the message names what is wrong. */
public final class InvalidStatementException extends RuntimeException {

  public InvalidStatementException(String message) {
    super(message);
  }
}
