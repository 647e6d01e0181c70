package dev.skerry.ingest.intake;

import java.time.Duration;

/** What the sender of a message is told. */
public sealed interface Receipt {

  /** Kafka has acknowledged it: it is safe. */
  record Stored(int partition, long offset) implements Receipt {}

  /** It was safe before: this is the same message again, and it was not written twice. */
  record AlreadyStored() implements Receipt {}

  /**
   * It is not taken, and will not be when it is sent again as it is.
   *
   * @param reason why, for machines
   * @param field the field, as a path such as {@code readings.values[3]}; empty for the whole
   * @param detail what is wrong and what to do, in one sentence
   * @param kept whether it was kept as a dead letter
   */
  record Refused(RefusalReason reason, String field, String detail, boolean kept)
      implements Receipt {}

  /** There is no room at present; nothing was written. The same may be sent again then. */
  record Busy(Duration retryAfter, String detail) implements Receipt {}

  /**
   * Kafka has not acknowledged it: nobody knows yet whether it is written. The same message again,
   * with the same sequence, waits for this write and gets its answer.
   */
  record Unacknowledged(String detail) implements Receipt {}
}
