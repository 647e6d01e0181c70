package dev.skerry.local.site;

/** What was asked for cannot be done as it was asked; the message is one sentence for people. */
public final class SiteRefusedException extends RuntimeException {

  public SiteRefusedException(String message) {
    super(message);
  }

  public SiteRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
