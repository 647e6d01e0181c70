package dev.skerry.retrain.loop;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What candidates call themselves: the champion's major version, then that of the dataset. */
final class CandidateVersion {

  private static final Pattern MAJOR = Pattern.compile("(\\d{1,9})\\..*");

  private CandidateVersion() {}

  /**
   * The first one that is not taken, for example 1.7.0 for version 7 of the dataset.
   *
   * @param isTaken whether something else is called that
   */
  static String next(String champion, int datasetVersion, Predicate<String> isTaken) {
    Matcher major = MAJOR.matcher(champion);
    String prefix = (major.matches() ? major.group(1) : "1") + "." + datasetVersion + ".";
    int patch = 0;
    while (isTaken.test(prefix + patch)) {
      patch++;
    }
    return prefix + patch;
  }
}
