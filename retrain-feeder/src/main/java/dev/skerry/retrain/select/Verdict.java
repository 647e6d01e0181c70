package dev.skerry.retrain.select;

/** What became of a candidate. */
sealed interface Verdict {

  /** It is a sample, and paid for. */
  record Admitted() implements Verdict {

    /** As the selection's counts name it. */
    static final String TEXT = "sample";
  }

  /** It is not, and cost nothing. */
  record Refused(Refusal why) implements Verdict {}

  /** As the selection's counts name it. */
  default String text() {
    return this instanceof Refused refused ? refused.why().text() : Admitted.TEXT;
  }
}
