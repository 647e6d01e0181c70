package dev.skerry.local.supervise;

import java.time.Duration;

/**
 * Decides what follows when a part has ended: the first time it comes back at once, then after
 * longer and longer pauses, and not at all when it keeps dying at start, unless the site does
 * without it meanwhile. One per part; not thread-safe.
 */
final class RestartPolicy {

  static final int EARLY_DEATHS_MAX_INCLUSIVE = 5;

  /** A part that has lived for so long has started well. */
  static final Duration EARLY = Duration.ofSeconds(20);

  static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final int WRONG_CONFIGURATION = 2;
  private static final int MAX_DOUBLINGS = 10;

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
    boolean siteGoesOn = ending == Part.Ending.SITE_GOES_ON;
    earlyDeaths = lived.compareTo(EARLY) < 0 ? earlyDeaths + 1 : 0;
    if (exitCode == WRONG_CONFIGURATION) {
      // It would read the same configuration again, if not the same disk.
      return siteGoesOn ? new Verdict.ComesBack(LONGEST_PAUSE) : new Verdict.GivesUp();
    }
    if (earlyDeaths > EARLY_DEATHS_MAX_INCLUSIVE && !siteGoesOn) {
      return new Verdict.GivesUp();
    }
    return new Verdict.ComesBack(pause());
  }

  private Duration pause() {
    int doublings = Math.max(0, Math.min(earlyDeaths - 1, MAX_DOUBLINGS));
    Duration pause = FIRST_PAUSE.multipliedBy(1L << doublings);
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** How often it has died early without having lived in between. */
  int earlyDeaths() {
    return earlyDeaths;
  }
}
