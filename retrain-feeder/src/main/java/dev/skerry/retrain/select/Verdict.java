package dev.skerry.retrain.select;

/** What became of a candidate. */
sealed interface Verdict {

  /** It is a sample, and paid for. */
  record Admitted() implements Verdict {}

  /** It is not, and cost nothing. */
  record Refused(Refusal why) implements Verdict {}
}
