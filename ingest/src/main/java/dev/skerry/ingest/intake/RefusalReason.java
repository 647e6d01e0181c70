package dev.skerry.ingest.intake;

import java.util.Locale;

/** Why a message is not taken. */
public enum RefusalReason {
  /** Its sender is another device. */
  NOT_YOURS,
  UNKNOWN_DEVICE,
  UNKNOWN_STREAM,
  /** A name, number or text that no message may have, whatever the stream. */
  INVALID,
  WRONG_SHAPE,
  WRONG_RATE,
  NOT_A_NUMBER,
  OUT_OF_RANGE,
  /** The device's clock is too far from the gateway's. */
  CLOCK_SKEW,
  NOT_AN_IMAGE,
  TOO_LARGE,
  /** It is no JSON, Avro or the like, or has fields that there are not. */
  UNREADABLE;

  /** The word for answers and labels, for example {@code wrong-shape}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
