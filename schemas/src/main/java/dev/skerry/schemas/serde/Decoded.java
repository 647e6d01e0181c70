package dev.skerry.schemas.serde;

import dev.skerry.schemas.DeadLetterReason;

/** What became of the bytes of a record: the record, or the reason why there is none. */
public sealed interface Decoded<T> {

  /** The bytes were a record. */
  record Value<T>(T value) implements Decoded<T> {}

  /**
   * The bytes were no record of the expected type.
   *
   * @param reason why, for machines
   * @param detail why, for people, in one sentence
   */
  record Malformed<T>(DeadLetterReason reason, String detail) implements Decoded<T> {}

  /**
   * Nobody can say yet what the bytes are: their schema's id is of the catalogue's block, so a
   * newer release wrote them, or the registry that may know it is away. They are not to be
   * dead-lettered, skipped or committed past; the same bytes can be decoded later.
   *
   * @param schemaId the id that is not known yet
   * @param detail why, for people, in one sentence
   */
  record NotYetKnown<T>(int schemaId, String detail) implements Decoded<T> {}
}
