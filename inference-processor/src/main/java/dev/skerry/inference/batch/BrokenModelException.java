package dev.skerry.inference.batch;

/** A model fails whatever it is given; no record is to blame, and none becomes a dead letter. */
public sealed class BrokenModelException extends RuntimeException permits BrokenChampionException {

  BrokenModelException(String message) {
    super(message);
  }
}
