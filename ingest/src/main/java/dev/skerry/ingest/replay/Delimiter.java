package dev.skerry.ingest.replay;

/** Finds what separates the cells of a file. */
final class Delimiter {

  private static final char[] CANDIDATES = {';', '\t', '|', ','};

  private Delimiter() {}

  /** The candidate that is most frequent outside quotes; a comma where there is none. */
  static char detect(String headerLine) {
    char best = ',';
    int bestCount = 0;
    for (char candidate : CANDIDATES) {
      int count = countOutsideQuotes(headerLine, candidate);
      if (count > bestCount) {
        best = candidate;
        bestCount = count;
      }
    }
    return best;
  }

  private static int countOutsideQuotes(String line, char wanted) {
    boolean quoted = false;
    int count = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == wanted && !quoted) {
        count++;
      }
    }
    return count;
  }
}
