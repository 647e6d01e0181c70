package dev.skerry.schemas.seal;

import org.jspecify.annotations.Nullable;

/** A file that should hold a key for seals and does not; the message names it. */
public final class InvalidKeyException extends RuntimeException {

  private static final long serialVersionUID = 1;

  InvalidKeyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
