package dev.skerry.service.streams;

import dev.skerry.schemas.DeadLetter;

/** What became of a record that was read as bytes: its value, or the dead letter that it is now. */
public sealed interface Reading<T> {

  /**
   * The record could be read.
   *
   * @param value what it says
   * @param bytes as they were read; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
  record Value<T>(T value, byte[] bytes) implements Reading<T> {}

  /** It could not; the letter holds its bytes and the reason. */
  record Dead<T>(DeadLetter letter) implements Reading<T> {}
}
