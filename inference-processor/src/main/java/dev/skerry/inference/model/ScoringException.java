package dev.skerry.inference.model;

/** A model failed on the rows that it was given; on other rows it may well work. */
public final class ScoringException extends Exception {

  public ScoringException(String message, Throwable cause) {
    super(message, cause);
  }
}
