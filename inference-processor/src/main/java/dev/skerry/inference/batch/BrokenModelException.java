package dev.skerry.inference.batch;

/** A model fails whatever it is given; no record is to blame, and none becomes a dead letter. */
public final class BrokenModelException extends RuntimeException {

  BrokenModelException(String message) {
    super(message);
  }
}
