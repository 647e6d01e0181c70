package dev.skerry.aggregator.drift;

/**
 * How one thing stood when its last window was judged.
 *
 * @param driftedWindows how many windows in a row have drifted
 * @param drifting whether that was said
 */
record Verdict(int driftedWindows, boolean drifting) {

  static final Verdict NONE = new Verdict(0, false);

  /** After another window. */
  Verdict next(boolean drifted, int windowsInARow) {
    int inARow = drifted ? driftedWindows + 1 : 0;
    return new Verdict(inARow, inARow >= windowsInARow);
  }

  /** As one number, for a store. */
  long encode() {
    return driftedWindows * 2L + (drifting ? 1 : 0);
  }

  static Verdict decode(long encoded) {
    return new Verdict((int) (encoded / 2), encoded % 2 == 1);
  }
}
