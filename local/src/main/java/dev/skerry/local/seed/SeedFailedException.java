package dev.skerry.local.seed;

/** The registry could not be asked or told; the message is one sentence for people. */
public final class SeedFailedException extends RuntimeException {

  public SeedFailedException(String message) {
    super(message);
  }

  public SeedFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
