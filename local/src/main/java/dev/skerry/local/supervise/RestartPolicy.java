package dev.skerry.local.supervise;

import java.time.Duration;

/**
 * Decides what follows when a part has ended: the first time it comes back at once, then after
 * longer and longer pauses, and not at all when it keeps dying at start. One per part; not
 * thread-safe.
 */
final class RestartPolicy {

  static final int EARLY_DEATHS_MAX_INCLUSIVE = 5;

  private static final Duration EARLY = Duration.ofSeconds(20);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final int WRONG_CONFIGURATION = 2;

  private final Part.Ending ending;
  private int earlyDeaths;

  RestartPolicy(Part.Ending ending) {
    this.ending = ending;
  }

  /** What follows the end of a part. */
  sealed interface Verdict {
    /** It is started again after the pause. */
    record ComesBack(Duration pause) implements Verdict {}

    /** Its work is done. */
    record Finished() implements Verdict {}

    /** It is not started again. */
    record GivesUp() implements Verdict {}
  }

  /** What follows when somebody killed the part on purpose: that says nothing about its health. */
  Verdict afterKill() {
    return ending == Part.Ending.FINISHES
        ? new Verdict.GivesUp()
        : new Verdict.ComesBack(FIRST_PAUSE);
  }

  Verdict afterEnd(int exitCode, Duration lived) {
    if (ending == Part.Ending.FINISHES) {
      return exitCode == 0 ? new Verdict.Finished() : new Verdict.GivesUp();
    }
    if (exitCode == WRONG_CONFIGURATION) {
      return new Verdict.GivesUp(); // It would read the same configuration again.
    }
    earlyDeaths = lived.compareTo(EARLY) < 0 ? earlyDeaths + 1 : 0;
    if (earlyDeaths > EARLY_DEATHS_MAX_INCLUSIVE) {
      return new Verdict.GivesUp();
    }
    return new Verdict.ComesBack(FIRST_PAUSE.multipliedBy(1L << Math.max(0, earlyDeaths - 1)));
  }
}
