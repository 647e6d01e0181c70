package dev.skerry.inference.model;

/** The provider that is required does not run here; the message says why. */
public final class ProviderUnavailableException extends RuntimeException {

  ProviderUnavailableException(String message) {
    super(message);
  }
}
