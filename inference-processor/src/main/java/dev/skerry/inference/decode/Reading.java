package dev.skerry.inference.decode;

import dev.skerry.schemas.DeadLetterReason;

/** What became of a record's bytes: telemetry that can be looked at, or the reason why not. */
public sealed interface Reading permits TelemetryView, Reading.Unreadable, Reading.NotYetReadable {

  /**
   * The record is no telemetry that could be answered.
   *
   * @param reason why, for machines
   * @param detail why, for people, in one sentence
   */
  record Unreadable(DeadLetterReason reason, String detail) implements Reading {}

  /**
   * Nobody here can say yet what the record is: it must wait, neither answered nor skipped.
   *
   * @param detail why, for people, in one sentence
   */
  record NotYetReadable(String detail) implements Reading {}
}
