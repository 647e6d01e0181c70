package dev.skerry.schemas.release;

/** A file that holds no key of the kind that is asked for; the message names it. */
public final class InvalidKeyFileException extends RuntimeException {

  InvalidKeyFileException(String message) {
    super(message);
  }

  InvalidKeyFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
