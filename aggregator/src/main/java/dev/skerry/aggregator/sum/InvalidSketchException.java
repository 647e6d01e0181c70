package dev.skerry.aggregator.sum;

import java.util.function.Supplier;

/** Bytes that are no sketch; the message says of which kind they should have been. */
final class InvalidSketchException extends IllegalArgumentException {

  private InvalidSketchException(String kind, RuntimeException cause) {
    super("The bytes are no " + kind + " sketch: " + cause.getMessage(), cause);
  }

  /** What a sketch's library throws for bad bytes, among it plain runtime exceptions, as this. */
  static <T> T orElse(String kind, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (RuntimeException e) {
      throw new InvalidSketchException(kind, e);
    }
  }
}
