package dev.skerry.local.doctor;

/**
 * What was found about one thing.
 *
 * @param what was looked at
 * @param verdict how it is
 * @param found in one sentence
 * @param advice what to do; empty where nothing is to be done
 */
public record Finding(String what, Verdict verdict, String found, String advice) {

  /** How a thing is. */
  public enum Verdict {
    /** As it should be. */
    OK,
    /** It works, with less than could be. */
    WARNING,
    /** A site cannot run like this. */
    FAILURE
  }

  static Finding ok(String what, String found) {
    return new Finding(what, Verdict.OK, found, "");
  }

  static Finding warning(String what, String found, String advice) {
    return new Finding(what, Verdict.WARNING, found, advice);
  }

  static Finding failure(String what, String found, String advice) {
    return new Finding(what, Verdict.FAILURE, found, advice);
  }
}
