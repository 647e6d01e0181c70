package dev.skerry.retrain.sketch;

import java.util.Arrays;

/**
 * A payload, coarsely: two that are close show nearly the same. Immutable as long as nobody changes
 * the bytes.
 *
 * @param kind how it was made, and so what a distance means
 * @param bytes at most {@value #MAX_BYTES}
 */
@SuppressWarnings("ArrayRecordComponent") // Equality is by content, below.
public record Fingerprint(Kind kind, byte[] bytes) {

  /** No fingerprint is longer. */
  public static final int MAX_BYTES = 256;

  /** How a fingerprint was made. */
  public enum Kind {
    /** {@link ReadingsSketch}: the distance is in decibels. */
    READINGS,
    /** {@link PerceptualHash}: the distance is in bits of 256. */
    FRAME,
    /** There is none: nothing is close to it. */
    NONE
  }

  private static final Fingerprint NOTHING = new Fingerprint(Kind.NONE, new byte[0]);

  /** Checks the length. */
  public Fingerprint {
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "A fingerprint has up to " + MAX_BYTES + " bytes, not " + bytes.length);
    }
  }

  /** That of a payload of which there is none. */
  public static Fingerprint none() {
    return NOTHING;
  }

  /** How far two are apart, 0 and up; infinitely where they cannot be compared. */
  public double distance(Fingerprint other) {
    if (kind != other.kind || bytes.length != other.bytes.length) {
      return Double.POSITIVE_INFINITY;
    }
    return switch (kind) {
      case READINGS -> ReadingsSketch.distance(bytes, other.bytes);
      case FRAME -> PerceptualHash.distance(bytes, other.bytes);
      case NONE -> Double.POSITIVE_INFINITY;
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint that
        && kind == that.kind
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return kind + " of " + bytes.length + " bytes";
  }
}
