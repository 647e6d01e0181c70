package dev.skerry.ingest.auth;

/** What credentials are good for. */
public sealed interface Verdict {

  /** They prove who sends. */
  record Admitted(Principal principal) implements Verdict {}

  /**
   * They prove nothing.
   *
   * @param why for the client, in one sentence that says what to do
   */
  record Denied(String why) implements Verdict {}
}
