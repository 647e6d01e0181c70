package dev.skerry.local.site;

import dev.skerry.local.supervise.PartFailure;

/** A part of the site does not run; the message says which, and what it said last. */
public final class SiteFailedException extends RuntimeException {

  private static final int WRONG_CONFIGURATION = 2;

  private final int exitCode;

  public SiteFailedException(PartFailure failure) {
    super(failure.describe());
    this.exitCode = failure.exitCode() == WRONG_CONFIGURATION ? WRONG_CONFIGURATION : 1;
  }

  public SiteFailedException(String message) {
    super(message);
    this.exitCode = 1;
  }

  /** 2 where the part was told something that it cannot do, else 1. */
  public int exitCode() {
    return exitCode;
  }
}
