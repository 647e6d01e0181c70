package dev.skerry.local.terminal;

import java.io.PrintStream;

/**
 * Standard output: lines, and one status line that is overwritten in place on a terminal and
 * written anew elsewhere where it has changed, with no control characters there. Thread-safe.
 */
public final class Console {

  /** Set to true by the script where standard output is a terminal. */
  public static final String TERMINAL_PROPERTY = "skerry.terminal";

  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final boolean terminal;
  private final int columns;
  private boolean statusShown;
  private String lastStatus = "";

  /**
   * A console on a stream.
   *
   * @param terminal whether lines can be overwritten there
   * @param columns the terminal's width; a longer status would wrap and could not be overwritten
   */
  public Console(PrintStream out, boolean terminal, int columns) {
    this.out = out;
    this.terminal = terminal;
    this.columns = columns;
  }

  /** This process's standard output. */
  public static Console standard() {
    return new Console(
        System.out,
        Boolean.getBoolean(TERMINAL_PROPERTY),
        Integer.getInteger("skerry.columns", 160));
  }

  /** Writes a line that stays. */
  public synchronized void line(String text) {
    clearStatus();
    out.println(text);
    out.flush();
  }

  /** Shows what is going on, in place of what was shown before. */
  public synchronized void status(String text) {
    if (!terminal) {
      if (!text.equals(lastStatus)) {
        out.println(text);
      }
      lastStatus = text;
    } else {
      out.print(CLEAR_LINE + text.substring(0, Math.min(text.length(), columns - 1)));
      statusShown = true;
    }
    out.flush();
  }

  private void clearStatus() {
    if (statusShown) {
      out.println();
      statusShown = false;
    }
  }
}
